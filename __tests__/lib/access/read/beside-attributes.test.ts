import { readAccessGraph } from "../../../../lib/access/read/read-access-graph";
import type { StackText } from "../../../../lib/access/read/terraform-stack";
import type { Statement } from "../../../../lib/iam/policy-document";
import { terraformPolicyText } from "../../../../lib/iam/policy-text";
import { assumePolicy, roleBlock, stackText } from "../../../support/plans/terraform-stacks";

const TRUST: Statement[] = [
  { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
];
const POLICY = terraformPolicyText(assumePolicy());
const ROLE = roleBlock("hub", TRUST);

/** The findings about a stack whose text was changed. */
function said(stacks: readonly StackText[]): string[] {
  return readAccessGraph(stacks).diagnostics.map(
    ({ severity, rule, message }) => `${severity} [${rule}] ${message}`,
  );
}

function changed(change: (text: string) => string): string[] {
  const { stack, text } = stackText("hub", "111111111111", { aws_iam_role: { hub: ROLE } });
  const other = change(text);
  if (other === text) throw new Error("the change changes nothing");
  return said([{ stack, text: other }]);
}

/** The findings about a stack with a good role and more resources, or more in the role. */
function withMore(
  more: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  role: Readonly<Record<string, unknown>> = {},
): string[] {
  const resources = { ...more, aws_iam_role: { hub: { ...ROLE, ...role } } };
  return said([stackText("hub", "111111111111", resources)]);
}

/** The findings about a stack with more at its top. */
function withBlock(name: string, value: unknown): string[] {
  return changed((text) => JSON.stringify({ ...(JSON.parse(text) as object), [name]: value }));
}

describe("keys that stand twice, of which Terraform reads the blocks below both:", () => {
  test.each([
    ["resource", '"resource":{', '"resource":{"aws_iam_role":{}},"resource":{'],
    ["aws_iam_role", '"aws_iam_role":{', '"aws_iam_role":{},"aws_iam_role":{'],
    ["resource", '"resource":{', '"resource":{},"\\u0072esource":{'],
    ["name", '"name":"hub"', '"name":"hub","name":"other"'],
    ["aws_iam_role", '"aws_iam_role":{', '"aws_iam_role":[{"x":[]},{}] , "aws_iam_role":{'],
  ])("%s", (key, from, to) => {
    expect(changed((text) => text.replace(from, to))).toEqual([
      `error [access-json] has the key \`${key}\` twice in one object: Terraform reads both`,
    ]);
  });

  test("not the same key in two objects, nor in texts and lists", () => {
    const more = { a: { name: "a" }, b: { name: "b", tags: ["name", "name", "{", '"name":"'] } };
    expect(withMore({ aws_iam_account_alias: more })).toEqual([]);
  });
});

describe("what Terraform makes of a resource beside its attributes:", () => {
  test.each<readonly [string, Readonly<Record<string, unknown>>, string]>([
    [
      "changes that it ignores",
      { lifecycle: { ignore_changes: ["description", "assume_role_policy"] } },
      "ignores changes of `assume_role_policy`: what is in the account may differ",
    ],
    [
      "all changes ignored",
      { lifecycle: [{ ignore_changes: "all" }] },
      "ignores changes of `all`: what is in the account may differ",
    ],
    [
      "a provisioner",
      { provisioner: { "local-exec": { command: "true" } } },
      "runs commands of a provisioner, which are not read",
    ],
    [
      "dynamic blocks",
      { dynamic: { inline_policy: { for_each: ["a"], content: {} } } },
      "has dynamic blocks, which are not read",
    ],
  ])("%s", (_, role, finding) => {
    expect(withMore({}, role)).toEqual([`error [access-resource] aws_iam_role.hub ${finding}`]);
  });

  test("not what permits nothing", () => {
    const lifecycle = { create_before_destroy: true, ignore_changes: ["description"] };
    expect(withMore({}, { lifecycle })).toEqual([]);
  });

  test("inline policies that are no blocks are unknown, not absent", () => {
    for (const inline of ["${local.policies}", ["${local.policy}"]]) {
      expect(withMore({}, { inline_policy: inline })).toEqual([
        "error [access-policy] aws_iam_role.hub has an inline policy: it is known only when Terraform runs: `" +
          `${typeof inline === "string" ? inline : inline.join("")}\``,
      ]);
    }
  });
});

describe("resources of other services:", () => {
  test("those that can make roles are an error", () => {
    for (const type of [
      "aws_cloudformation_stack",
      "aws_cloudformation_stack_set",
      "aws_cloudcontrolapi_resource",
      "aws_ssoadmin_permission_set",
      "awscc_iam_role",
    ]) {
      expect(withMore({ [type]: { x: {} } })).toEqual([
        `error [access-resource] ${type}.x can make roles and policies that are not read`,
      ]);
    }
  });

  test("those that run commands are an error", () => {
    expect(withMore({ terraform_data: { x: { provisioner: [{}] } } })).toEqual([
      "error [access-resource] terraform_data.x runs commands of a provisioner, which are not read",
    ]);
  });

  test("those that permit something are named once in a stack, and the rest is not", () => {
    const permitting = [
      "aws_sqs_queue_policy",
      "aws_s3_bucket_policy",
      "aws_rolesanywhere_trust_anchor",
      "aws_lambda_permission",
      "aws_kms_key",
      "aws_eks_pod_identity_association",
    ];
    const types = [...permitting, "aws_s3_bucket", "aws_lambda_function", "random_id"];
    expect(withMore(Object.fromEntries(types.map((type) => [type, { x: {}, y: {} }])))).toEqual([
      "warning [access-resource] has policies of other services, which are not read: aws_eks_pod_identity_association, aws_kms_key, aws_lambda_permission, aws_rolesanywhere_trust_anchor, aws_s3_bucket_policy and 1 more",
    ]);
  });
});

describe("blocks of a stack:", () => {
  test.each([
    ["action", { aws_lambda_invoke: { x: {} } }, "has `action`, which is not read"],
    ["resources", {}, "has `resources`, which is not read"],
    [
      "data",
      { external: { x: { program: ["true"] } } },
      "has a data source `external`, which runs a program that is not read",
    ],
  ])("%s", (name, value, finding) => {
    expect(withBlock(name, value)).toEqual([`error [access-block] ${finding}`]);
  });

  test("all that Terraform has are known", () => {
    for (const name of ["check", "ephemeral", "import", "locals", "moved", "output", "removed"]) {
      expect(withBlock(name, {})).toEqual([]);
    }
  });

  test("what stands where a block belongs is not dropped", () => {
    expect(
      changed((text) => text.replace('"resource":{', '"resource":["x",{').replace(/\}$/, "]}")),
    ).toEqual(["error [access-json] has something in `resource` that is no block"]);
  });
});

describe("the account of a resource:", () => {
  const PROVIDER = '{"allowed_account_ids":["111111111111"],"region":"eu-central-1"}';
  const OTHER = '{"allowed_account_ids":["333333333333"],"region":"eu-central-1"}';

  test("a provider that is there twice is none", () => {
    expect(changed((text) => text.replace(PROVIDER, `${OTHER},${PROVIDER}`))).toEqual([
      "error [access-empty] no policy was found in 1 stacks: there is nothing to prove",
      "error [access-provider] the provider aws is there twice: which account its resources are in is unknown",
      "error [access-provider] aws_iam_role.hub is in an account that is not known",
    ]);
  });

  test("a provider that is no text is not the default one", () => {
    expect(withMore({ aws_iam_user: { ann: { name: "ann", provider: ["aws.other"] } } })).toEqual([
      "error [access-provider] aws_iam_user.ann is in an account that is not known",
    ]);
  });

  test("files of one folder, which may replace what others say, are not read apart in silence", () => {
    const own = stackText("hub", "111111111111", { aws_iam_role: { hub: ROLE } });
    const override = { stack: "hub", text: `{"provider":{"aws":[${OTHER}]}}` };
    expect(said([own, override])).toEqual([
      "error [access-files] `hub` holds more than one file of Terraform: what they say together is unknown",
    ]);
    expect(said([own, { ...override, stack: "other" }])).toEqual([]);
  });
});

describe("things that are made twice, of which the last one counts:", () => {
  const HUB = "${aws_iam_role.hub.name}";

  test.each<readonly [string, Readonly<Record<string, Readonly<Record<string, unknown>>>>, string]>(
    [
      [
        "an inline policy, whatever the case of its name",
        {
          aws_iam_role_policy: {
            a: { name: "deploy", role: HUB, policy: POLICY },
            b: { name: "Deploy", role: "hub", policy: POLICY },
          },
        },
        "aws_iam_role_policy.b writes the policy `Deploy` of aws_iam_role.hub a second time",
      ],
      [
        "an inline policy of a role that is made elsewhere",
        {
          aws_iam_role_policy: {
            a: { name: "deploy", role: "by-hand", policy: POLICY },
            b: { name: "deploy", role: "by-hand", policy: POLICY },
          },
        },
        "aws_iam_role_policy.b writes the policy `deploy` of by-hand a second time",
      ],
      [
        "a managed policy",
        { aws_iam_policy: { a: { name: "p", policy: POLICY }, b: { name: "p", policy: POLICY } } },
        "aws_iam_policy.b makes the policy arn:aws:iam::111111111111:policy/p a second time",
      ],
      [
        "an instance profile",
        { aws_iam_instance_profile: { a: { name: "p", role: HUB }, b: { name: "p", role: HUB } } },
        "aws_iam_instance_profile.b makes the instance profile arn:aws:iam::111111111111:instance-profile/p a second time",
      ],
      [
        "an identity provider",
        {
          aws_iam_saml_provider: {
            a: { name: "p", saml_metadata_document: "<a/>" },
            b: { name: "p", saml_metadata_document: "<b/>" },
          },
        },
        "aws_iam_saml_provider.b makes the identity provider arn:aws:iam::111111111111:saml-provider/p a second time",
      ],
    ],
  )("%s", (_, resources, finding) => {
    expect(withMore(resources)).toEqual([`error [access-duplicate] ${finding}`]);
  });

  test("policies of one name for a role and for a user are two", () => {
    expect(
      withMore({
        aws_iam_user: { hub: { name: "hub" } },
        aws_iam_role_policy: { a: { name: "deploy", role: HUB, policy: POLICY } },
        aws_iam_user_policy: { a: { name: "deploy", user: "hub", policy: POLICY } },
      }),
    ).toEqual([]);
  });
});

test("an exclusive list names a policy by its name, and not by its id", () => {
  const list = (reference: string): string[] =>
    withMore({
      aws_iam_role_policy: { a: { name: "deploy", role: "hub", policy: POLICY } },
      aws_iam_role_policies_exclusive: { e: { role_name: "hub", policy_names: [reference] } },
    });
  expect(list("${aws_iam_role_policy.a.name}")).toEqual([]);
  expect(list("${aws_iam_role_policy.a.id}")).toEqual([
    "error [access-exclusive] aws_iam_role_policies_exclusive.e leaves out `deploy`, which aws_iam_role.hub has attached",
    "error [access-reference] aws_iam_role_policies_exclusive.e has policy_names that are not in the stack",
  ]);
});

describe("what a name or a number of another kind stands for", () => {
  test("a role is not found under the name of a user", () => {
    expect(
      withMore({
        aws_iam_user: { ann: { name: "ann" } },
        aws_iam_role_policy: {
          a: { name: "deploy", role: "${aws_iam_user.ann.name}", policy: POLICY },
        },
      }),
    ).toEqual([
      "error [access-reference] aws_iam_role_policy.a has a role that is not in the stack",
    ]);
  });

  test("an empty text is no permissions boundary", () => {
    expect(withMore({}, { permissions_boundary: "" })).toEqual([]);
  });

  test("the region tells the partition where the ARNs of a stack do not agree", () => {
    const [china, world] = ["aws-cn", "aws"].map(
      (partition) => `arn:${partition}:iam::999999999999:root`,
    );
    const trust: Statement[] = [
      { Effect: "Allow", Principal: { AWS: [china ?? "", world ?? ""] }, Action: "sts:AssumeRole" },
    ];
    const roles = { aws_iam_role: { hub: roleBlock("hub", trust) } };
    for (const [region, partition] of [
      ["cn-north-1", "aws-cn"],
      ["eu-central-1", "aws"],
    ] as const) {
      const { graph } = readAccessGraph([stackText("hub", "111111111111", roles, region)]);
      expect([...graph.roles.keys()]).toEqual([`arn:${partition}:iam::111111111111:role/hub`]);
    }
  });
});
