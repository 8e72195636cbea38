import { checkTerraform } from "../../../../lib/rules/terraform/check-terraform";
import { ROOT, synthesizeFolder } from "../../../support/project";

const BACKEND = { backend: { local: { path: "../state/111111111111.tfstate" } } };
const PROVIDER = { aws: [{ region: "eu-central-1", allowed_account_ids: ["111111111111"] }] };

/** What is found in one stack: ids of rules, or messages where asked for. */
function found(stack: object | string, what: "rule" | "message" = "rule"): string[] {
  const text =
    typeof stack === "string"
      ? stack
      : JSON.stringify({ terraform: BACKEND, provider: PROVIDER, ...stack });
  return checkTerraform(new Map([["cdk.tf.json", text]])).map((each) => each[what]);
}

/** What is found about a policy that is written as this text. */
function inPolicy(resource: string, what: "rule" | "message" = "rule"): string[] {
  const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: resource };
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  return found({ resource: { aws_iam_policy: { home: { policy } } } }, what);
}

describe("the rules on Terraform", () => {
  const tree = synthesizeFolder(ROOT).tree.stacks;
  const texts = new Map([...tree].map(([name, text]) => [`stacks/${name}/cdk.tf.json`, text]));

  test("find nothing in what is synthesized for the example", () => {
    expect(checkTerraform(texts)).toEqual([]);
    expect(checkTerraform(texts, "serializer")).toEqual([]);
  });

  test("find the same in a text of a serializer as in any other, but for keys that stand twice", () => {
    const [text = ""] = texts.values();
    const broken = new Map([
      ["a", text.replace("allowed_account_ids", "allowed_accounts").replace("$${", "${")],
      ["b", '{"terraform":{"backend":{"http":{}}},"output":{"x":{"value":"${aws:x}","value":""}}}'],
    ]);
    const anywhere = checkTerraform(broken);
    expect(anywhere.map(({ rule }) => rule)).toEqual([
      "terraform-account-guard",
      "terraform-duplicate",
    ]);
    expect(checkTerraform(broken, "serializer")).toEqual(
      anywhere.filter(({ rule }) => rule !== "terraform-duplicate"),
    );
  });

  test.each(["", "{", "[1,]", "\u0000", '{"a":}'])("report a text that is not JSON: %j", (text) => {
    expect(found(text)).toEqual(["json-syntax"]);
  });

  test.each(["null", "[]", '"x"', "1"])("report a text that is no stack: %s", (text) => {
    expect(found(text)).toEqual(["value"]);
  });

  test("take a text that is nested as deep as it likes, without places", () => {
    const depth = 100_000;
    const nested = `${'{"a":'.repeat(depth)}"\${aws:x}"${"}".repeat(depth)}`;
    const [first, ...others] = checkTerraform(new Map([["cdk.tf.json", nested]]));
    expect([first, ...others].map((each) => each?.rule)).toEqual(["GR-23", "terraform-backend"]);
    expect(first?.span).toBeUndefined();
  });
});

describe("templates in strings (GR-23)", () => {
  test.each([
    "$${aws:username}",
    "${aws_s3_bucket.home.id}",
    "${var.x ? var.y : var.z}",
    "${provider::aws::arn_parse(var.x)}",
    "%{ if var.x }a%{ endif }",
    "%%{x}",
    "$${*}",
    "5 $ and 5 % {x}",
    "&{x}",
  ])("are left alone when Terraform can read them: %s", (text) => {
    expect(inPolicy(text)).toEqual([]);
  });

  test.each([
    ["${aws:username}", "`${aws:username}` is a template for Terraform, which cannot evaluate it"],
    ["${aws:PrincipalTag/team, 'x'}", "is a template for Terraform"],
    ["${token.actions.githubusercontent.com:sub}", "is a template for Terraform"],
    ["${saml:sub}", "is a template for Terraform"],
    ["${*}", "`${*}` is a template for Terraform"],
    ["%{x}", "`%{x}` is a template for Terraform"],
    ["$$${aws:username}", "is escaped more than once: IAM gets a `$` too many"],
    ["$$$${aws:username}", "is escaped more than once"],
    ["%%%{x}", "is escaped more than once: IAM gets a `%` too many"],
    ["&{aws:username}", "is a policy variable only in an `aws_iam_policy_document`"],
  ])("are found when they are meant for IAM: %s", (text, message) => {
    expect(inPolicy(text)).toEqual(["GR-23"]);
    expect(inPolicy(text, "message")[0]).toContain(message);
  });

  test("are found wherever they stand, at the template itself", () => {
    const text = '{"terraform":{"cloud":{}},\n"output":{"x":{"value":["a","b ${aws:x} c"]}}}';
    expect(checkTerraform(new Map([["x", text]]))).toMatchObject([
      { rule: "GR-23", span: { start: { line: 2, column: 32 }, end: { line: 2, column: 40 } } },
    ]);
  });

  test("are found when their characters are escaped in the text", () => {
    const text = '{"terraform":{"cloud":{}},"output":{"x":{"value":"\\u0024{aws:x}"}}}';
    expect(found(text)).toEqual(["GR-23"]);
  });

  test("are not looked for in comments", () => {
    expect(found({ "//": { note: "${aws:username}" } })).toEqual([]);
  });
});

describe("policies (terraform-policy)", () => {
  const policies = (attribute: string, policy: string): string[] =>
    found({ resource: { aws_iam_role: { x: { [attribute]: policy } } } });

  test("are JSON objects, or what Terraform makes of a reference", () => {
    expect(policies("assume_role_policy", "{}")).toEqual([]);
    expect(policies("assume_role_policy", "${data.aws_iam_policy_document.x.json}")).toEqual([]);
    expect(policies("assume_role_policy", '{"a":"${aws_iam_role.y.arn}"}')).toEqual([]);
  });

  test.each(["", "[]", "x", '{"a":"${aws_iam_role.y.arn}}', "'{}'"])("are not: %j", (policy) => {
    expect(policies("assume_role_policy", policy)).toEqual(["terraform-policy"]);
  });

  test("are looked at in blocks inside a role, and only in resources of IAM", () => {
    const inline = { inline_policy: [{ policy: "{}" }, { policy: "x" }] };
    expect(found({ resource: { aws_iam_role: { x: inline } } })).toEqual(["terraform-policy"]);
    expect(found({ resource: { aws_s3_bucket_policy: { x: { policy: "x" } } } })).toEqual([]);
  });
});

describe("addresses (terraform-address)", () => {
  test.each(["reader", "_x", "r-1", "rôle", "Reader_2"])("may be %s", (name) => {
    expect(found({ resource: { aws_iam_role: { [name]: {} } } })).toEqual([]);
  });

  test.each(["1reader", "111111111111", "a.b", "a b", "", "-a", "a/b"])("may not be %j", (name) => {
    expect(found({ resource: { aws_iam_role: { [name]: {} } } })).toEqual(["terraform-address"]);
  });

  test("are those of data, outputs, variables, modules and locals too, in lists of blocks as well", () => {
    const stack = {
      data: { aws_iam_role: { "1": {} } },
      output: { "2": {} },
      variable: [{ "3": {} }, { ok: {} }],
      module: { "4": {} },
      locals: { "5": 1 },
      resource: [{ aws_iam_role: [{ "6": {} }] }],
    };
    expect(found(stack)).toEqual(Array.from({ length: 6 }, () => "terraform-address"));
  });
});

describe("providers", () => {
  const guarded = { allowed_account_ids: ["111111111111"] };

  test("may be written as one block or as a list", () => {
    expect(found({ provider: { aws: guarded } })).toEqual([]);
    expect(found({ provider: [{ aws: guarded }] })).toEqual([]);
  });

  test("are configured once by each name", () => {
    const twice = (...aliases: (string | undefined)[]): string[] =>
      found({ provider: { aws: aliases.map((alias) => ({ ...guarded, alias })) } });
    expect(twice(undefined, "a", "b")).toEqual([]);
    expect(twice(undefined, undefined)).toEqual(["terraform-default-provider"]);
    expect(twice("a", "b", "a")).toEqual(["terraform-default-provider"]);
  });

  test("are those of the same stack", () => {
    const provider = { aws: [guarded, { ...guarded, alias: "shop" }] };
    const uses = (name: string): string[] =>
      found({ provider, data: { aws_caller_identity: { x: { provider: name } } } });
    expect(uses("aws")).toEqual([]);
    expect(uses("aws.shop")).toEqual([]);
    expect(uses("aws.other")).toEqual(["terraform-provider"]);
  });

  test("say their account, and are there when something is made with them", () => {
    expect(found({ provider: { aws: { allowed_account_ids: [] } } })).toEqual([
      "terraform-account-guard",
    ]);
    expect(found({ provider: {}, resource: { aws_iam_role: { x: {} } } })).toEqual([
      "terraform-account-guard",
    ]);
    expect(found({ provider: {}, resource: { random_id: { x: {} } } })).toEqual([]);
  });
});

describe("states (terraform-backend)", () => {
  const findings = (...backends: object[]): string[] =>
    checkTerraform(
      new Map(
        backends.map((terraform, index) => [
          `out/stacks/s${index}/cdk.tf.json`,
          JSON.stringify({ terraform }),
        ]),
      ),
    ).map(({ file, message }) => `${file.split("/")[2] ?? ""}: ${message}`);
  const local = (path: string): object => ({ backend: { local: { path } } });
  const s3 = (key: string): object => ({ backend: { s3: { bucket: "b", key } } });

  test("are kept apart, in every kind of backend", () => {
    expect(findings(local("../../../state/1"), local("../../../state/2"))).toEqual([]);
    expect(findings(local("x.tfstate"), local("x.tfstate"))).toEqual([]);
    expect(findings(s3("1"), s3("2"), { cloud: { organization: "o" } })).toEqual([]);
  });

  test("are found when two are one", () => {
    const message = (first: string): string =>
      `s1: the stack keeps its state where \`${first}\` keeps its own`;
    const first = "out/stacks/s0/cdk.tf.json";
    expect(findings(s3("1"), s3("1"))).toEqual([message(first)]);
    expect(findings(local("../../../state/1"), local("../../.././state/1"))).toEqual([
      message(first),
    ]);
  });

  test("are found when they lie nowhere, or at a path of one machine", () => {
    expect(findings({ required_version: ">= 1.10.0" })).toEqual([
      "s0: the stack has no backend: its state would be in the output folder",
    ]);
    expect(findings(local("/home/me/1.tfstate"))).toEqual([
      "s0: the state is at `/home/me/1.tfstate`, a path on one machine",
    ]);
    expect(findings(local("C:\\state\\1.tfstate"))).toHaveLength(1);
  });
});
