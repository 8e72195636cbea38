import { whyNotPlannable } from "../../../../lib/review/affected/plannable";

const stack = (account: string, more: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({
    "//": { metadata: {} },
    terraform: {
      backend: { s3: { bucket: "states", key: `trustwheel/${account}/terraform.tfstate` } },
      required_providers: { aws: { source: "hashicorp/aws", version: "6.25.0" } },
    },
    provider: {
      aws: [
        {
          allowed_account_ids: [account],
          assume_role: [{ role_arn: "${var.deployment_role_arn}" }],
          default_tags: [{ tags: { owner: "platform" } }],
          region: "eu-central-1",
        },
      ],
    },
    variable: {
      deployment_role_arn: { default: `arn:aws:iam::${account}:role/deploy`, type: "string" },
    },
    resource: { aws_iam_role: { reader: role() } },
    output: { arn: { value: "${aws_iam_role.reader.arn}" } },
    ...more,
  });

const role = (more: Readonly<Record<string, unknown>> = {}): unknown => ({
  name: "reader",
  assume_role_policy: '{"Statement":[{"Resource":"$${aws:username}"}]}',
  ...more,
});

const BASE = [stack("111111111111")];
const parsed = JSON.parse(stack("111111111111")) as {
  provider: { aws: Record<string, unknown>[] };
  terraform: Record<string, unknown>;
};
const provider = (more: Readonly<Record<string, unknown>>): Record<string, unknown> => ({
  provider: { aws: [{ ...parsed.provider.aws[0], ...more }] },
});

test.each([
  ["the base's own stack", stack("111111111111")],
  ["a stack of a new account", stack("222222222222")],
  [
    "another region",
    stack("222222222222", {
      provider: {
        aws: [
          { ...parsed.provider.aws[0], allowed_account_ids: ["222222222222"], region: "us-east-1" },
        ],
      },
    }),
  ],
  ["other default tags", stack("111111111111", provider({ default_tags: [{ tags: { a: "b" } }] }))],
  [
    "another default of a variable",
    stack("111111111111", {
      variable: { deployment_role_arn: { type: "string", default: "other" } },
    }),
  ],
  [
    "a moved resource",
    stack("111111111111", {
      moved: [{ from: "aws_iam_role.old", to: "aws_iam_role.reader" }],
    }),
  ],
])("plans %s", (_, text) => {
  expect(whyNotPlannable(text, BASE)).toBeUndefined();
});

const resource = (type: string, body: unknown): string =>
  stack("111111111111", { resource: { [type]: { x: body } } });
const FORM = "has providers, a backend, versions or variables that no stack in the base has";
const runs = (section: string): string => `has \`${section}\`, which can read or run anything`;
const template = (text: string): string =>
  `has the template \`${text}\`, which is not an attribute of an IAM resource`;

test.each<readonly [what: string, text: string, reason: string]>([
  ["text that is no JSON", "{", "is not a JSON object"],
  ["a key twice", '{"resource":{},"resource":{}}', "has the key `resource` twice in one object"],
  ...["data", "module", "check", "ephemeral", "import", "locals", "removed", "action"].map(
    (section) => [section, stack("111111111111", { [section]: {} }), runs(section)] as const,
  ),
  [
    "a program as a resource",
    resource("null_resource", {}),
    "has `null_resource`, which is not an IAM resource",
  ],
  ...["provisioner", "connection", "dynamic", "count", "for_each"].map(
    (name) =>
      [
        name,
        resource("aws_iam_role", role({ [name]: {} })),
        `has \`${name}\` in a resource`,
      ] as const,
  ),
  [
    "a list of bodies",
    resource("aws_iam_role", [{}, { provisioner: {} }]),
    "has `provisioner` in a resource",
  ],
  [
    "a file",
    resource("aws_iam_role", role({ description: '${file("/etc/passwd")}' })),
    template('${file("/etc/passwd")}'),
  ],
  [
    "a directive",
    resource("aws_iam_role", role({ description: "%{ if true }x%{ endif }" })),
    template("%{ if true }"),
  ],
  [
    "a reference within a call",
    resource("aws_iam_role", role({ description: "${upper(aws_iam_role.x.arn)}" })),
    template("${upper(aws_iam_role.x.arn)}"),
  ],
  [
    "a sign that escapes an escape",
    resource("aws_iam_role", role({ description: '$$${file("x")}' })),
    template("$$${"),
  ],
  [
    "a template in a key",
    resource("aws_iam_role", role({ tags: { '${file("x")}': "y" } })),
    template('${file("x")}'),
  ],
  [
    "a template in an output",
    stack("111111111111", { output: { a: { value: "${path.cwd}" } } }),
    template("${path.cwd}"),
  ],
  [
    "a precondition",
    resource(
      "aws_iam_role",
      role({ lifecycle: [{ precondition: [{ condition: '${fileexists("x")}' }] }] }),
    ),
    template('${fileexists("x")}'),
  ],
  [
    "another provider",
    stack("111111111111", { provider: { ...parsed.provider, external: {} } }),
    FORM,
  ],
  [
    "another endpoint",
    stack("111111111111", provider({ endpoints: [{ iam: "https://example.com" }] })),
    FORM,
  ],
  ["credentials from a program", stack("111111111111", provider({ profile: "x" })), FORM],
  [
    "a template in a default tag",
    stack("111111111111", provider({ default_tags: [{ tags: { a: '${file("x")}' } }] })),
    FORM,
  ],
  ["a template as the region", stack("111111111111", provider({ region: '${file("x")}' })), FORM],
  [
    "another backend",
    stack("111111111111", { terraform: { ...parsed.terraform, backend: { http: {} } } }),
    FORM,
  ],
  [
    "another version",
    stack("111111111111", { terraform: { ...parsed.terraform, required_providers: {} } }),
    FORM,
  ],
  ["the state of another account", stack("222222222222", { terraform: parsed.terraform }), FORM],
  ["another variable", stack("111111111111", { variable: {} }), FORM],
])("does not plan %s", (_, text, reason) => {
  expect(whyNotPlannable(text, BASE)).toBe(reason);
});

test("plans nothing where the base has no stack", () => {
  expect(whyNotPlannable(stack("111111111111"), [])).toBe(FORM);
});
