import { readTerraformPlan } from "../../../../lib/access/read/plan/read-terraform-plan";
import { policyDocument } from "../../../../lib/iam/policy-document";
import { policyText } from "../../../../lib/iam/policy-text";
import { compareTrees } from "../../../../lib/review/compare-trees";
import { reviewedPlans } from "../../../../lib/review/compare/reviewed-plans";

const ROLE = "arn:aws:iam::222222222222:role/spoke";
const trust = (account: string): string =>
  policyText(
    policyDocument([
      {
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: "sts:AssumeRole",
      },
    ]),
  );

interface Change {
  readonly actions: readonly string[];
  readonly before?: object;
  readonly after?: object;
  readonly previous?: string;
}

/** A plan of one role, in the documented format. */
function plan({ actions, before, after, previous }: Change) {
  const resource = {
    address: "aws_iam_role.spoke",
    ...(previous === undefined ? {} : { previous_address: previous }),
    mode: "managed",
    type: "aws_iam_role",
    name: "spoke",
    provider_name: "registry.terraform.io/hashicorp/aws",
    change: { actions, before: before ?? null, after: after ?? null, after_unknown: {} },
  };
  const text = JSON.stringify({
    format_version: "1.2",
    terraform_version: "1.9.0",
    complete: true,
    configuration: {
      provider_config: {
        aws: {
          name: "aws",
          full_name: "registry.terraform.io/hashicorp/aws",
          expressions: {
            allowed_account_ids: { constant_value: ["222222222222"] },
            region: { constant_value: "eu-central-1" },
          },
        },
      },
      root_module: {
        resources: [
          {
            address: "aws_iam_role.spoke",
            mode: "managed",
            type: "aws_iam_role",
            name: "spoke",
            provider_config_key: "aws",
            expressions: {},
          },
        ],
      },
    },
    resource_changes: [resource],
  });
  const { base, head } = reviewedPlans([readTerraformPlan("shop.json", text)]);
  return compareTrees({ base, head, time: "2026-01-01T00:00:00Z" });
}

const role = (account: string, more: object = {}): object => ({
  arn: ROLE,
  name: "spoke",
  path: "/",
  max_session_duration: 3600,
  assume_role_policy: trust(account),
  ...more,
});

test("a plan that changes nothing is no change", () => {
  const same = role("111111111111");
  expect(plan({ actions: ["no-op"], before: same, after: same })).toMatchObject({
    hasChanges: false,
    changes: [],
    stacks: [],
  });
});

test("an update in place is what it does to the trust policy", () => {
  const { changes } = plan({
    actions: ["update"],
    before: role("111111111111"),
    after: role("999999999999"),
  });
  expect(changes.map((change) => [change.kind, "change" in change ? change.change : ""])).toEqual([
    ["reach", ""],
    ["reach", ""],
    ["edge", ""],
    ["edge", ""],
    ["trust", "changed"],
  ]);
});

test("a role that Terraform replaces under its name is a replacement", () => {
  const same = role("111111111111");
  const { changes } = plan({ actions: ["delete", "create"], before: same, after: same });
  expect(changes).toEqual([
    { kind: "replacement", before: ROLE, after: ROLE, trustedByArn: [], interrupted: [] },
  ]);
});

test("a resource that is moved is none", () => {
  const same = role("111111111111");
  const moved = plan({
    actions: ["no-op"],
    before: same,
    after: same,
    previous: "aws_iam_role.before",
  });
  expect(moved.changes).toEqual([]);
});
