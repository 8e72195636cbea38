import { policyDocument } from "../../../../lib/iam/policy-document";
import { kindOf } from "../../../../lib/review/kinds/kinds";
import type { ReviewTrigger } from "../../../../lib/account-map/model/review-rule";
import { reviewOf, treeOf } from "../compare/support/compared-maps";

const MAP = `
accounts:
  tools: { id: "111111111111", unit: /Platform }
  shop: { id: "222222222222", unit: /Workloads }
hubs:
  automation:
    account: tools
    role: automation-hub
    principals: { ci: { role: { name: ci-runner } } }
spokes:
  deployer:
    hubs: [automation]
    accounts: { keys: [shop] }
    permissions: { documents: [deploy] }
chains:
  reporting:
    start: { instanceProfile: { account: shop, role: collector } }
    steps:
      - roles: { orders: { account: tools, role: orders } }
`;
const POLICIES = {
  deploy: policyDocument([{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }]),
};
const BASE = treeOf(MAP, POLICIES);

interface Stack {
  provider: { aws: Record<string, unknown>[] };
  terraform: Record<string, unknown>;
  variable: Record<string, Record<string, unknown>>;
  resource: Record<string, Record<string, Record<string, unknown>>>;
  [section: string]: unknown;
}

/** What a review says once the stack of the shop is edited, and which rules it concerns. */
function edited(edit: (stack: Stack) => void, policies: object = POLICIES): readonly unknown[] {
  const base = policies === POLICIES ? BASE : treeOf(MAP, policies as typeof POLICIES);
  const head = treeOf(MAP, policies as typeof POLICIES, (text, name) => {
    if (name !== "shop") return text;
    const stack = JSON.parse(text) as Stack;
    edit(stack);
    return JSON.stringify(stack);
  });
  return reviewOf(base, head).changes.map((change) => {
    if (change.kind !== "terraform") return change;
    const { kind: _, stack, account, ...rest } = change;
    expect([stack, account]).toEqual(["shop", "222222222222"]);
    return { ...rest, triggers: kindOf(change).triggers(change) };
  });
}

function part(
  direction: string,
  address: string,
  attributes: readonly string[],
  triggers: readonly ReviewTrigger[],
  concerns: string,
): unknown {
  return { address, direction, attributes, concerns, triggers };
}
const deployment = (direction: string, address: string, ...attributes: string[]): unknown =>
  part(direction, address, attributes, ["safeguard-changed"], "deployment");
const unread = (direction: string, address: string, ...attributes: string[]): unknown =>
  part(direction, address, attributes, ["unknown"], "unread");

const unknown = (reason: string): unknown => ({
  kind: "unknown",
  subject: "shop/cdk.tf.json",
  reason,
});

const firstProvider = ({ provider }: Stack): Record<string, unknown> => provider.aws[0] ?? {};
const role = ({ resource }: Stack): Record<string, unknown> =>
  resource.aws_iam_role?.["spoke-deployer"] ?? {};

describe("what a change is carried out by is guarded like what judges it", () => {
  test.each<[string, (stack: Stack) => void, unknown, readonly unknown[]]>([
    [
      "the role that Terraform assumes",
      (stack) => {
        firstProvider(stack).assume_role = [{ role_arn: "arn:aws:iam::222222222222:role/other" }];
      },
      deployment("edited", "provider.aws", "assume_role"),
      [],
    ],
    [
      "the default of that role",
      (stack) => {
        stack.variable = {
          deployment_role_arn: {
            ...stack.variable.deployment_role_arn,
            default: "arn:aws:iam::222222222222:role/x",
          },
        };
      },
      deployment("edited", "variable.deployment_role_arn", "default"),
      [],
    ],
    [
      "where requests go",
      (stack) => {
        firstProvider(stack).endpoints = [{ iam: "https://iam.example" }];
      },
      deployment("edited", "provider.aws", "endpoints"),
      [
        unknown(
          "the provider aws has `endpoints`, which is not read: which account its resources are in is unknown",
        ),
      ],
    ],
    [
      "a second provider",
      ({ provider }) => {
        provider.aws.push({ alias: "other", allowed_account_ids: ["222222222222"] });
      },
      deployment("edited", "provider.aws", "", "allowed_account_ids", "assume_role", "region"),
      [],
    ],
    [
      "where the state is",
      ({ terraform }) => {
        terraform.backend = { s3: { bucket: "other" } };
      },
      deployment("edited", "terraform.backend", "local", "s3"),
      [],
    ],
    [
      "whose provider it is",
      ({ terraform }) => {
        terraform.required_providers = { aws: { source: "other/aws" } };
      },
      deployment("edited", "terraform.required_providers", "aws"),
      [
        unknown(
          'takes the provider `aws` from "other/aws", and what is read is what `hashicorp/aws` makes of it',
        ),
      ],
    ],
  ])("%s", (_, edit, expected, doubts) => {
    expect(edited(edit)).toEqual([...doubts, expected]);
  });
});

describe("what is not read is unknown", () => {
  test.each<[string, (stack: Stack) => void, unknown, readonly unknown[]]>([
    [
      "a resource of another service",
      ({ resource }) => {
        resource.aws_s3_bucket_policy = { logs: { bucket: "logs", policy: "{}" } };
      },
      unread("gained", "aws_s3_bucket_policy.logs"),
      [],
    ],
    [
      "a role that Terraform takes over",
      (stack) => {
        stack.import = [{ to: "aws_iam_role.spoke-deployer", id: "Admin" }];
      },
      unread("gained", "import"),
      [],
    ],
    [
      "a role that Terraform lets go of",
      (stack) => {
        stack.removed = [{ from: "aws_iam_role.old", lifecycle: { destroy: false } }];
      },
      unread("gained", "removed"),
      [
        unknown(
          "no longer manages aws_iam_role.old by `removed`, and does not say `lifecycle.destroy`: true: what it permits may stay",
        ),
      ],
    ],
    [
      "data from elsewhere",
      (stack) => {
        stack.data = { http: { secrets: { url: "https://example.com" } } };
      },
      unread("gained", "data.http"),
      [],
    ],
  ])("%s", (_, edit, expected, doubts) => {
    expect(edited(edit)).toEqual([...doubts, expected]);
  });

  test("a resource that both sides have is compared", () => {
    const withBucket = (bucket: string) =>
      treeOf(MAP, POLICIES, (text, name) => {
        if (name !== "shop") return text;
        const stack = JSON.parse(text) as Stack;
        stack.resource.aws_s3_bucket = { logs: { "//": bucket, bucket, force_destroy: true } };
        return JSON.stringify(stack);
      });
    expect(reviewOf(withBucket("a"), withBucket("a")).changes).toEqual([]);
    expect(reviewOf(withBucket("a"), withBucket("b")).changes).toMatchObject([
      { address: "aws_s3_bucket.logs", direction: "edited", attributes: ["bucket"] },
    ]);
    expect(reviewOf(withBucket("a"), BASE).changes).toMatchObject([
      { address: "aws_s3_bucket.logs", direction: "lost", attributes: [] },
    ]);
  });

  test("the certificates of an identity provider are compared", () => {
    const withProvider = (more: object) =>
      treeOf(MAP, POLICIES, (text, name) => {
        if (name !== "shop") return text;
        const stack = JSON.parse(text) as Stack;
        stack.resource.aws_iam_openid_connect_provider = {
          ci: { url: "https://ci.example", client_id_list: ["sts.amazonaws.com"], ...more },
        };
        return JSON.stringify(stack);
      });
    const trusting = withProvider({
      thumbprint_list: ["0123456789abcdef0123456789abcdef01234567"],
    });
    expect(reviewOf(withProvider({}), trusting).changes).toMatchObject([
      {
        address: "thumbprint_list of aws_iam_openid_connect_provider.ci",
        direction: "gained",
        concerns: "unread",
      },
    ]);
  });

  test("of a stack that is new", () => {
    const text = (extra: object): string =>
      JSON.stringify({ provider: { aws: [{ allowed_account_ids: ["222222222222"] }] }, ...extra });
    const withStack = (extra: object) => ({
      ...BASE,
      texts: new Map([...BASE.texts, ["other", text(extra)]]),
    });
    expect(reviewOf(BASE, withStack({})).changes).toEqual([]);
    expect(reviewOf(BASE, withStack({ data: { http: {} } })).changes).toEqual([
      {
        kind: "terraform",
        stack: "other",
        address: "data.http",
        direction: "gained",
        attributes: [],
        concerns: "unread",
      },
    ]);
    expect(reviewOf(withStack({ data: { http: {} } }), BASE).changes).toEqual([]);
  });
});

describe("tags", () => {
  const tagged = (stack: Stack): void => {
    role(stack).tags = { team: "payments" };
    firstProvider(stack).default_tags = [{ tags: { owner: "somebody" } }];
  };

  test("that no policy asks for are told", () => {
    expect(edited(tagged)).toEqual([
      part("edited", "default tags of provider.aws", ["owner"], [], "tags"),
      part("gained", "tags of aws_iam_role.spoke-deployer", ["team"], [], "tags"),
    ]);
  });

  test("that a policy asks for are unknown", () => {
    const deploy = policyDocument([
      {
        Effect: "Allow",
        Action: "s3:GetObject",
        Resource: "*",
        Condition: { StringEquals: { "aws:PrincipalTag/Team": "payments" } },
      },
    ]);
    expect(edited(tagged, { deploy })).toEqual([
      part("edited", "default tags of provider.aws", ["owner"], [], "tags"),
      unread("gained", "tags of aws_iam_role.spoke-deployer", "team"),
    ]);
  });
});

test("what outputs and descriptions say is no change of access", () => {
  const head = treeOf(MAP, POLICIES, (text) => text.replaceAll("of the account map", "of it"));
  expect(reviewOf(BASE, head)).toMatchObject({
    changes: [],
    stacks: [
      { stack: "shop", status: "changed", sameAccess: true },
      { stack: "tools", status: "changed", sameAccess: true },
    ],
  });
});

test("an instance profile with another role gives instances other permissions", () => {
  const changes = edited(({ resource }) => {
    for (const profile of Object.values(resource.aws_iam_instance_profile ?? {})) {
      profile.role = "deployer";
    }
  });
  expect(changes).toEqual([
    {
      kind: "instance-profile",
      profile: "arn:aws:iam::222222222222:instance-profile/collector",
      before: "arn:aws:iam::222222222222:role/collector",
      after: "arn:aws:iam::222222222222:role/deployer",
    },
  ]);
});

test("a stack of which a part is not read is not said to have the same access", () => {
  const withBucket = treeOf(MAP, POLICIES, (text, name) =>
    name === "shop"
      ? text.replace('"resource": {', '"resource": { "aws_s3_bucket": { "logs": {} },')
      : text,
  );
  const { stacks } = reviewOf(BASE, withBucket);
  expect(stacks).toEqual([{ stack: "shop", status: "changed" }]);
});
