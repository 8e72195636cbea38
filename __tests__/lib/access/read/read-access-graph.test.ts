import type { Diagnostic } from "../../../../lib/diagnostics/diagnostic";
import { readAccessGraph } from "../../../../lib/access/read/read-access-graph";
import { parseStack } from "../../../../lib/access/read/terraform-stack";
import { policyDocument } from "../../../../lib/iam/policy-document";
import type { Statement } from "../../../../lib/iam/policy-document";
import { terraformPolicyText } from "../../../../lib/iam/policy-text";
import { assumePolicy, roleBlock, stackText } from "../../../support/plans/terraform-stacks";

const HUB = "111111111111";
const TRUST: Statement[] = [
  { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
];
const POLICY = terraformPolicyText(assumePolicy());

function findings(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(
    ({ severity, rule, file, message }) => `${severity} [${rule}] ${file}: ${message}`,
  );
}

/** Reads a stack with one good role and some more resources. */
function read(
  more: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  role: Readonly<Record<string, unknown>> = {},
) {
  const resources = {
    ...more,
    aws_iam_role: { hub: roleBlock("hub", TRUST, role), ...more.aws_iam_role },
  };
  const { graph, diagnostics } = readAccessGraph([stackText("hub", HUB, resources)]);
  return { graph, findings: findings(diagnostics) };
}

describe("what a tree grants", () => {
  const variable = policyDocument([
    { Effect: "Allow", Action: "sts:AssumeRole", Resource: "arn:aws:iam::*:role/${aws:username}" },
  ]);
  const { graph, diagnostics } = readAccessGraph([
    stackText("hub", HUB, {
      aws_iam_role: {
        hub: roleBlock("hub", TRUST, {
          path: "/platform/",
          max_session_duration: 7200,
          permissions_boundary: "${aws_iam_policy.boundary.arn}",
        }),
      },
      aws_iam_role_policy: {
        hub: {
          name: "assume",
          role: "${aws_iam_role.hub.name}",
          policy: terraformPolicyText(variable),
        },
        elsewhere: { name: "grant", role: "made-by-hand", policy: POLICY },
      },
      aws_iam_policy: { boundary: { name: "boundary", path: "/b/", policy: POLICY } },
      aws_iam_role_policy_attachment: {
        own: { role: "hub", policy_arn: "arn:aws:iam::111111111111:policy/b/boundary" },
        aws: {
          role: "${aws_iam_role.hub.id}",
          policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
        },
      },
      aws_iam_role_policies_exclusive: {
        hub: {
          role_name: "${aws_iam_role.hub.name}",
          policy_names: ["${aws_iam_role_policy.hub.name}"],
        },
      },
      aws_iam_role_policy_attachments_exclusive: {
        hub: {
          role_name: "${aws_iam_role.hub.name}",
          policy_arns: [
            "${aws_iam_role_policy_attachment.aws.policy_arn}",
            "${aws_iam_policy.boundary.arn}",
          ],
        },
      },
      aws_iam_instance_profile: { hub: { name: "hub", role: "${aws_iam_role.hub.name}" } },
      aws_iam_user: { ann: { name: "ann" } },
      aws_iam_user_policy: {
        ann: { user: "${aws_iam_user.ann.name}", name: "assume", policy: POLICY },
      },
      aws_iam_user_policies_exclusive: {
        ann: {
          user_name: "${aws_iam_user.ann.name}",
          policy_names: ["${aws_iam_user_policy.ann.name}"],
        },
      },
      aws_iam_openid_connect_provider: {
        github: {
          url: "https://token.actions.githubusercontent.com",
          client_id_list: ["sts.amazonaws.com", "$${literal}"],
        },
        bare: { url: "https://bare.example.com" },
      },
      aws_iam_saml_provider: { corp: { name: "corp", saml_metadata_document: "<x/>" } },
      aws_s3_bucket: { logs: { bucket: "logs" } },
    }),
    stackText(
      "china",
      "222222222222",
      { aws_iam_role: { spoke: roleBlock("spoke", TRUST) } },
      "cn-north-1",
    ),
  ]);

  test("is read without a finding", () => {
    expect(findings(diagnostics)).toEqual([]);
  });

  test("accounts come from the providers, partitions from ARNs or the region", () => {
    expect([...graph.accounts.values()]).toEqual([
      { partition: "aws", accountId: HUB },
      { partition: "aws-cn", accountId: "222222222222" },
    ]);
    expect([...graph.roles.keys()]).toEqual([
      "arn:aws:iam::111111111111:role/platform/hub",
      "arn:aws-cn:iam::222222222222:role/spoke",
    ]);
  });

  test("a role has its trust, boundary, session limit and all its policies", () => {
    const role = graph.roles.get("arn:aws:iam::111111111111:role/platform/hub");
    expect(role).toMatchObject({
      stack: "hub",
      address: "aws_iam_role.hub",
      name: "hub",
      path: "/platform/",
      maxSessionDuration: 7200,
      exclusive: { inline: true, managed: true },
      trust: { known: true, value: policyDocument(TRUST) },
      boundary: {
        name: "arn:aws:iam::111111111111:policy/b/boundary",
        document: { known: true, value: assumePolicy() },
      },
    });
    expect(role?.policies.map(({ name, kind, document }) => [name, kind, document.known])).toEqual([
      ["assume", "inline", true],
      ["arn:aws:iam::111111111111:policy/b/boundary", "managed", true],
      ["arn:aws:iam::aws:policy/ReadOnlyAccess", "managed", true],
    ]);
    expect(graph.roles.get("arn:aws-cn:iam::222222222222:role/spoke")).toMatchObject({
      maxSessionDuration: 3600,
      exclusive: { inline: false, managed: false },
      policies: [],
    });
  });

  test("Terraform's escapes are undone in policies (GR-23)", () => {
    expect(
      graph.roles.get("arn:aws:iam::111111111111:role/platform/hub")?.policies[0]?.document,
    ).toEqual({
      known: true,
      value: variable,
    });
  });

  test("users, profiles, providers and policies on others are there by ARN", () => {
    const ann = graph.users.get("arn:aws:iam::111111111111:user/ann");
    expect(ann?.policies).toHaveLength(1);
    expect(ann?.exclusive).toEqual({ inline: true, managed: false });
    expect(
      graph.instanceProfiles.get("arn:aws:iam::111111111111:instance-profile/hub")?.role,
    ).toEqual({
      known: true,
      value: "arn:aws:iam::111111111111:role/platform/hub",
    });
    expect([...graph.providers.values()].map(({ stack, ...node }) => [stack, node])).toEqual([
      [
        "hub",
        {
          address: "aws_iam_openid_connect_provider.github",
          partition: "aws",
          accountId: HUB,
          kind: "oidc",
          arn: "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com",
          url: "https://token.actions.githubusercontent.com",
          clientIds: { known: true, value: ["sts.amazonaws.com", "${literal}"] },
        },
      ],
      [
        "hub",
        {
          address: "aws_iam_openid_connect_provider.bare",
          partition: "aws",
          accountId: HUB,
          kind: "oidc",
          arn: "arn:aws:iam::111111111111:oidc-provider/bare.example.com",
          url: "https://bare.example.com",
          clientIds: { known: true, value: [] },
        },
      ],
      [
        "hub",
        {
          address: "aws_iam_saml_provider.corp",
          partition: "aws",
          accountId: HUB,
          kind: "saml",
          arn: "arn:aws:iam::111111111111:saml-provider/corp",
          metadata: { known: true, value: "<x/>" },
        },
      ],
    ]);
    expect(graph.grants).toMatchObject([
      { kind: "role", name: "made-by-hand", accountId: HUB, policy: { name: "grant" } },
    ]);
  });
});

describe("what cannot be read is reported and stays unknown", () => {
  test.each<[string, string]>([
    ["", "is not an object of JSON, as `cdk.tf.json` is"],
    ['{"resource": {', "is not an object of JSON, as `cdk.tf.json` is"],
    ['resource "aws_iam_role" "x" {}', "is not an object of JSON, as `cdk.tf.json` is"],
    ["[]", "is not an object of JSON, as `cdk.tf.json` is"],
    [
      '{"format_version": "1.2", "planned_values": {}}',
      "is a plan or a state, and what is read here is the configuration, `cdk.tf.json`; name a plan by `--plan`",
    ],
  ])("the text `%s`", (text, message) => {
    const { graph, diagnostics } = readAccessGraph([{ stack: "hub", text }]);
    expect(findings(diagnostics)).toEqual([
      "error [access-empty] hub/cdk.tf.json: no policy was found in 1 stacks: there is nothing to prove",
      `error [access-json] hub/cdk.tf.json: ${message}`,
    ]);
    expect(graph.roles.size).toBe(0);
  });

  test("no stacks at all, and stacks without a policy", () => {
    expect(findings(readAccessGraph([]).diagnostics)).toEqual([
      "error [access-empty] cdk.tf.json: no policy was found in 0 stacks: there is nothing to prove",
    ]);
    const empty = stackText("hub", HUB, { aws_s3_bucket: { logs: {} } });
    expect(findings(readAccessGraph([empty]).diagnostics)).toEqual([
      "error [access-empty] hub/cdk.tf.json: no policy was found in 1 stacks: there is nothing to prove",
    ]);
  });

  test.each<[string, unknown, string]>([
    [
      "a data source",
      "${data.aws_iam_policy_document.trust.json}",
      "it is known only when Terraform runs: `${data.aws_iam_policy_document.trust.json}`",
    ],
    [
      "a function",
      '${jsonencode({"Version": "2012-10-17"})}',
      'it is known only when Terraform runs: `${jsonencode({"Version": "2012-10-17"}`',
    ],
    [
      "an unescaped variable (M-18)",
      '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"${aws:username}"}]}',
      "it is known only when Terraform runs: `${aws:username}`",
    ],
    [
      "another resource",
      "${aws_iam_role.other.assume_role_policy}",
      "it is taken from aws_iam_role.other.assume_role_policy",
    ],
    ["nothing", undefined, "there is no policy"],
    ["no JSON", "{", "not valid JSON: expected `}`, got the end of the text"],
    ["no statements", "{}", "it has no statements"],
    [
      "an element that is none",
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principals":"*","Action":"*"}]}',
      "statement 1 has `Principals`, which is no element of a statement",
    ],
    [
      "no effect",
      '{"Statement":[{"Effect":"allow","Principal":"*","Action":"*"}]}',
      "statement 1 has no effect `Allow` or `Deny`",
    ],
    [
      "a foreign kind of principal",
      '{"Statement":[{"Effect":"Allow","Principal":{"CanonicalUser":"x"},"Action":"*"}]}',
      "statement 1 has principals of an unknown kind",
    ],
    [
      "a foreign version",
      '{"Version":"2020-01-01","Statement":[]}',
      "`2020-01-01` is no version of the policy language",
    ],
    [
      "one key twice (GR-13)",
      '{"Statement":[{"Effect":"Deny","Effect":"Allow","Principal":"*","Action":"*"}]}',
      "the key `Effect` appears twice in the same object",
    ],
  ])("a trust policy that is %s", (_name, assume_role_policy, reason) => {
    const { graph, findings: found } = read({}, { assume_role_policy });
    expect(found).toEqual([
      `error [access-policy] hub/cdk.tf.json: aws_iam_role.hub has no readable trust policy: ${reason}`,
    ]);
    expect(graph.roles.get("arn:aws:iam::111111111111:role/hub")?.trust).toEqual({
      known: false,
      reason,
    });
  });

  test("a single statement and booleans without quotes are what IAM makes of them", () => {
    const text =
      '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"111111111111"},"Action":"sts:AssumeRole","Condition":{"Bool":{"aws:MultiFactorAuthPresent":true}}}}';
    const { graph, findings: found } = read({}, { assume_role_policy: text });
    expect(found).toEqual([]);
    expect(graph.roles.get("arn:aws:iam::111111111111:role/hub")?.trust).toEqual({
      known: true,
      value: policyDocument([
        {
          Effect: "Allow",
          Principal: { AWS: HUB },
          Action: "sts:AssumeRole",
          Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
        },
      ]),
    });
  });

  test.each<[string, Readonly<Record<string, Readonly<Record<string, unknown>>>>, string]>([
    [
      "a role that is not in the stack",
      {
        aws_iam_role_policy: {
          p: { name: "p", role: "${aws_iam_role.gone.name}", policy: POLICY },
        },
      },
      "error [access-reference] hub/cdk.tf.json: aws_iam_role_policy.p has a role that is not in the stack",
    ],
    [
      "a policy that is not in the stack",
      {
        aws_iam_role_policy_attachment: {
          a: { role: "hub", policy_arn: "${data.aws_iam_policy.x.arn}" },
        },
      },
      "error [access-reference] hub/cdk.tf.json: aws_iam_role_policy_attachment.a has a policy_arn that is not in the stack",
    ],
    [
      "a managed policy whose text is not at hand",
      {
        aws_iam_role_policy_attachment: {
          a: { role: "hub", policy_arn: "arn:aws:iam::111111111111:policy/by-hand" },
        },
      },
      "warning [access-policy] hub/cdk.tf.json: aws_iam_role_policy_attachment.a names arn:aws:iam::111111111111:policy/by-hand, whose text is not at hand",
    ],
    [
      "a name that is made when Terraform runs",
      { aws_iam_role: { other: roleBlock("x", TRUST, { name: undefined, name_prefix: "x" }) } },
      "error [access-attribute] hub/cdk.tf.json: aws_iam_role.other has no name: what it is called is known only when Terraform runs",
    ],
    [
      "a repeated resource",
      { aws_iam_role: { other: roleBlock("x", TRUST, { for_each: {} }) } },
      "error [access-resource] hub/cdk.tf.json: aws_iam_role.other is repeated by count or for_each, which is not read",
    ],
    [
      "a type of IAM that is not read",
      { aws_iam_role_grant: { g: { role: "x", policy: POLICY } } },
      "error [access-resource] hub/cdk.tf.json: aws_iam_role_grant.g is of a type that is not read",
    ],
    [
      "another provider",
      { aws_iam_role: { other: roleBlock("x", TRUST, { provider: "aws.other" }) } },
      "error [access-provider] hub/cdk.tf.json: aws_iam_role.other is in an account that is not known",
    ],
    [
      "a role of the same name in other case (ID-06)",
      { aws_iam_role: { other: roleBlock("HUB", TRUST) } },
      "error [access-duplicate] hub/cdk.tf.json: aws_iam_role.other makes the role `HUB` a second time",
    ],
    [
      "an attached policy that an exclusive list leaves out",
      {
        aws_iam_role_policy: { p: { name: "p", role: "hub", policy: POLICY } },
        aws_iam_role_policies_exclusive: { e: { role_name: "hub", policy_names: [] } },
      },
      "error [access-exclusive] hub/cdk.tf.json: aws_iam_role_policies_exclusive.e leaves out `p`, which aws_iam_role.hub has attached",
    ],
    [
      "an exclusive list that is known only when Terraform runs",
      {
        aws_iam_role_policies_exclusive: { e: { role_name: "hub", policy_names: "${var.names}" } },
      },
      "error [access-reference] hub/cdk.tf.json: aws_iam_role_policies_exclusive.e has policy_names of which the list is known only when Terraform runs",
    ],
    [
      "sessions of a length that is known only when Terraform runs",
      { aws_iam_role: { o: roleBlock("o", TRUST, { max_session_duration: "${var.seconds}" }) } },
      "error [access-attribute] hub/cdk.tf.json: aws_iam_role.o has a max_session_duration that is known only when Terraform runs",
    ],
    [
      "sessions of a length in words",
      { aws_iam_role: { o: roleBlock("o", TRUST, { max_session_duration: "half a day" }) } },
      "error [access-attribute] hub/cdk.tf.json: aws_iam_role.o has the max_session_duration `half a day`, which is no whole number",
    ],
    [
      "sessions of a length that is no whole number",
      { aws_iam_role: { o: roleBlock("o", TRUST, { max_session_duration: "3600.5" }) } },
      "error [access-attribute] hub/cdk.tf.json: aws_iam_role.o has the max_session_duration `3600.5`, which is no whole number",
    ],
    [
      "sessions of an empty length",
      { aws_iam_role: { o: roleBlock("o", TRUST, { max_session_duration: "" }) } },
      "error [access-attribute] hub/cdk.tf.json: aws_iam_role.o has the max_session_duration ``, which is no whole number",
    ],
    [
      "a path that is known only when Terraform runs",
      { aws_iam_instance_profile: { i: { name: "i", path: "${var.path}", role: "hub" } } },
      "error [access-attribute] hub/cdk.tf.json: aws_iam_instance_profile.i has a path that is known only when Terraform runs",
    ],
    [
      "audiences of which one is known only when Terraform runs",
      {
        aws_iam_openid_connect_provider: {
          o: { url: "https://o.example.com", client_id_list: ["a", "${var.audience}"] },
        },
      },
      "error [access-attribute] hub/cdk.tf.json: aws_iam_openid_connect_provider.o has a client_id_list that is known only when Terraform runs",
    ],
    [
      "a listed policy that nothing attaches",
      { aws_iam_role_policies_exclusive: { e: { role_name: "hub", policy_names: ["q"] } } },
      "error [access-exclusive] hub/cdk.tf.json: aws_iam_role_policies_exclusive.e lists `q`, which nothing attaches to aws_iam_role.hub",
    ],
  ])("%s", (_name, resources, finding) => {
    expect(read(resources).findings).toEqual([finding]);
  });

  test("a policy that cannot be read counts among the role's policies", () => {
    const { graph } = read({
      aws_iam_role_policy: {
        p: { name: "p", role: "hub", policy: "${data.aws_iam_policy_document.x.json}" },
      },
    });
    expect(graph.roles.get("arn:aws:iam::111111111111:role/hub")?.policies).toMatchObject([
      { name: "p", document: { known: false } },
    ]);
  });

  test("a provider without exactly one account", () => {
    const { text } = stackText("hub", HUB, { aws_iam_role: { hub: roleBlock("hub", TRUST) } });
    for (const ids of ["[]", '["${var.account}"]', '["111111111111", "222222222222"]']) {
      const { diagnostics } = readAccessGraph([
        { stack: "hub", text: text.replace('["111111111111"]', ids) },
      ]);
      expect(findings(diagnostics)).toEqual([
        "error [access-empty] hub/cdk.tf.json: no policy was found in 1 stacks: there is nothing to prove",
        "error [access-provider] hub/cdk.tf.json: the provider aws must have exactly one account id of 12 digits in allowed_account_ids: which account its resources are in is unknown",
        "error [access-provider] hub/cdk.tf.json: aws_iam_role.hub is in an account that is not known",
      ]);
    }
  });

  test("modules", () => {
    const { text } = stackText("hub", HUB, { aws_iam_role: { hub: roleBlock("hub", TRUST) } });
    const { diagnostics } = readAccessGraph([
      {
        stack: "hub",
        text: JSON.stringify({ ...(JSON.parse(text) as object), module: { x: {} } }),
      },
    ]);
    expect(findings(diagnostics)).toEqual([
      "error [access-module] hub/cdk.tf.json: has modules, whose content is not read: the access in them is unknown",
    ]);
  });
});

test("policies written into the role itself are read", () => {
  const { graph, findings: found } = read(
    {},
    {
      inline_policy: [{ name: "old", policy: POLICY }],
      managed_policy_arns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
    },
  );
  expect(found).toEqual([]);
  expect(
    graph.roles.get("arn:aws:iam::111111111111:role/hub")?.policies.map(({ name }) => name),
  ).toEqual(["old", "arn:aws:iam::aws:policy/ReadOnlyAccess"]);
});

test("several providers of one stack are told apart by their aliases", () => {
  const { text } = stackText("hub", HUB, {
    aws_iam_role: {
      one: roleBlock("one", TRUST),
      two: roleBlock("two", TRUST, { provider: "aws.other" }),
    },
  });
  const parsed = JSON.parse(text) as { provider: { aws: object[] } };
  parsed.provider.aws.push({
    alias: "other",
    allowed_account_ids: ["222222222222"],
    region: "eu-central-1",
  });
  const { graph, diagnostics } = readAccessGraph([{ stack: "hub", text: JSON.stringify(parsed) }]);
  expect(findings(diagnostics)).toEqual([]);
  expect([...graph.roles.keys()]).toEqual([
    "arn:aws:iam::111111111111:role/one",
    "arn:aws:iam::222222222222:role/two",
  ]);
});

test("stacks that were read before are taken beside texts", () => {
  const texts = ["111111111111", "222222222222"].map((id) =>
    stackText(id, id, { aws_iam_role: { own: roleBlock("own", TRUST) } }),
  );
  const [first, second] = texts;
  if (first === undefined || second === undefined) throw new Error("there are two");
  const mixed = readAccessGraph([parseStack(first), second]);
  expect(mixed).toEqual(readAccessGraph(texts));
  expect([...mixed.graph.roles.keys()]).toHaveLength(2);
});

test("policies that are not known are one whose text is not known, not none", () => {
  const { graph } = read({
    aws_iam_role_policy_attachments_exclusive: {
      e: { role_name: "hub", policy_arns: "${var.arns}" },
    },
  });
  const role = graph.roles.get("arn:aws:iam::111111111111:role/hub");
  expect(role?.exclusive).toEqual({ inline: false, managed: true });
  expect(role?.policies).toMatchObject([{ kind: "managed", document: { known: false } }]);
});

test("an empty block of inline policies makes none", () => {
  const empty = [{ name: "", policy: null }, {}];
  const { graph, findings: found } = read({}, { inline_policy: empty });
  expect(found).toEqual([]);
  expect(graph.roles.get("arn:aws:iam::111111111111:role/hub")?.policies).toEqual([]);
});
