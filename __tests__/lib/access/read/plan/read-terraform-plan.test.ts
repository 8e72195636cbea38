import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readTerraformPlan } from "../../../../../lib/access/read/plan/read-terraform-plan";
import type { TerraformPlan } from "../../../../../lib/access/read/plan/terraform-plan";
import type { ReadStack } from "../../../../../lib/access/read/terraform-stack";
import { terraformText } from "../../../../../lib/access/read/terraform-value";
import { ROOT } from "../../../../support/project";

const FIXTURES = join(ROOT, "__tests__", "fixtures", "plans");

function fixture(name: string): string {
  return readFileSync(join(FIXTURES, `${name}.json`), "utf8");
}

function read(name: string): TerraformPlan {
  const { plan, diagnostics } = readTerraformPlan(name, fixture(name));
  if (plan === undefined) throw new Error(JSON.stringify(diagnostics));
  return plan;
}

function problems(text: string): string[] {
  const { plan, diagnostics } = readTerraformPlan("a.json", text);
  expect(plan).toBeUndefined();
  return diagnostics.map(({ severity, rule, file, message, help }) =>
    [`${severity} [${rule}] ${file}: ${message}`, ...(help === undefined ? [] : [help])].join("; "),
  );
}

function inputOf({ resources }: ReadStack, address: string): unknown {
  return resources.find((resource) => resource.address === address)?.attributes.input;
}

const addresses = ({ resources }: ReadStack): string[] => resources.map(({ address }) => address);

describe("what Terraform itself recorded", () => {
  const MADE = [
    "terraform_data.before_move",
    "terraform_data.destroyed",
    'terraform_data.each["one"]',
    'terraform_data.each["with [brackets] and \\"quotes\\""]',
    "terraform_data.forgotten",
    "terraform_data.partly_unknown",
    "terraform_data.replaced",
    "terraform_data.secret",
    "terraform_data.unknown",
    "terraform_data.updated",
    "module.counted[0].terraform_data.inner",
    "module.counted[1].terraform_data.inner",
  ];

  test("a plan that makes everything has nothing before", () => {
    const plan = read("recorded/create");
    expect(plan).toMatchObject({ kind: "plan", formatVersion: "1.2", terraformVersion: "1.11.4" });
    expect(plan.changes.map(({ address, action }) => [address, action])).toEqual(
      MADE.map((address) => [address, "create"]),
    );
    expect(addresses(plan.before)).toEqual([]);
    expect(addresses(plan.after)).toEqual(MADE);
    expect(plan.drift).toEqual([]);
  });

  test("what is known only after apply is unknown as a whole, and what is known is not", () => {
    const { after } = read("recorded/create");
    const unknown = { kind: "computed", reason: "is known only after apply" };
    expect(terraformText(inputOf(after, "terraform_data.unknown"))).toEqual(unknown);
    expect(terraformText(inputOf(after, "terraform_data.partly_unknown"))).toEqual(unknown);
    expect(terraformText(inputOf(after, "module.counted[1].terraform_data.inner"))).toEqual(
      unknown,
    );
    expect(inputOf(after, "terraform_data.updated")).toBe("first");
  });

  test("what is sensitive is not read, on either side", () => {
    const sensitive = {
      kind: "computed",
      reason: "is sensitive in the plan, and answers would quote it",
    };
    const { before, after } = read("recorded/change");
    for (const side of [read("recorded/create").after, before, after]) {
      expect(terraformText(inputOf(side, "terraform_data.secret"))).toEqual(sensitive);
    }
    const state = read("recorded/state").after;
    expect(terraformText(inputOf(state, "terraform_data.secret"))).toEqual(sensitive);
  });

  test("a plan that changes has each kind of change, and the address before a move", () => {
    const { changes, before, after } = read("recorded/change");
    expect(
      changes.map(({ address, action, replacePaths, previousAddress }) =>
        [address, action, ...replacePaths, previousAddress].filter((each) => each !== undefined),
      ),
    ).toEqual([
      ["data.terraform_remote_state.read", "read"],
      ["terraform_data.after_move", "no-op", "terraform_data.before_move"],
      ["terraform_data.destroyed", "delete"],
      ['terraform_data.each["one"]', "no-op"],
      ['terraform_data.each["with [brackets] and \\"quotes\\""]', "no-op"],
      ["terraform_data.forgotten", "forget"],
      ["terraform_data.partly_unknown", "no-op"],
      ["terraform_data.replaced", "replace", "triggers_replace"],
      ["terraform_data.secret", "no-op"],
      ["terraform_data.unknown", "update"],
      ["terraform_data.updated", "update"],
      ["module.counted[0].terraform_data.inner", "no-op"],
      ["module.counted[1].terraform_data.inner", "no-op"],
    ]);
    const rest = addresses(before).filter((address) => address !== "terraform_data.destroyed");
    expect(addresses(before)).toContain("terraform_data.after_move");
    expect(addresses(before)).not.toContain("terraform_data.before_move");
    // What is forgotten stays where it is.
    expect(addresses(after)).toEqual(rest);
    expect(inputOf(before, "terraform_data.updated")).toBe("first");
    expect(inputOf(after, "terraform_data.updated")).toBe("second");
  });

  test("a plan that destroys has nothing after", () => {
    const { changes, before, after } = read("recorded/destroy");
    expect(new Set(changes.map(({ action }) => action))).toEqual(new Set(["delete"]));
    expect(before.resources).toHaveLength(12);
    expect(after.resources).toEqual([]);
  });

  test("a state is the same before and after, and changes nothing", () => {
    const { kind, before, after, changes } = read("recorded/state");
    expect({ kind, changes }).toEqual({ kind: "state", changes: [] });
    expect(addresses(after)).toEqual(MADE);
    expect(before).toEqual(after);
  });
});

describe("what is not a plan that can be read", () => {
  const SHOW = "write it by `terraform show -json PLANFILE > FILE`";

  test.each<[string, string, string]>([
    ["truncated", fixture("recorded/create").slice(0, -40), "is not an object of JSON"],
    ["empty", "", "is not an object of JSON"],
    ["HCL", 'resource "aws_iam_role" "hub" {\n}\n', "is not an object of JSON"],
    ["a list", "[]", "is not an object of JSON"],
    ["the log of a run", '{"type":"version"}\n{"type":"plan"}\n', "is not an object of JSON"],
  ])("text that is %s", (_name, text, message) => {
    expect(problems(text)).toEqual([
      `error [plan-json] a.json: ${message}, as \`terraform show -json\` prints it; ${SHOW}`,
    ]);
  });

  test.each<[string, string, string]>([
    ["a saved plan", "PK\u0003\u0004\u0014", `is a saved plan, and not its JSON; ${SHOW}`],
    [
      "a configuration",
      '{"terraform":{},"resource":{}}',
      "is a configuration, and not the JSON of a plan; name the folder that it is in by `--dir`",
    ],
    [
      "any other object",
      '{"planned_values":{}}',
      `has no format_version, as a plan or a state has; ${SHOW}`,
    ],
    [
      "an empty state",
      '{"format_version":"1.0"}',
      "is neither a plan nor a state: it holds no resources",
    ],
    [
      "a plan of a newer Terraform",
      fixture("written/format-2.0"),
      "has the format 2.0, of a newer Terraform; the versions that are read are 1.x",
    ],
    [
      "a plan of an older Terraform",
      fixture("written/format-2.0").replace('"2.0"', '"0.2"'),
      "has the format 0.2, of an older Terraform; the versions that are read are 1.x",
    ],
  ])("%s", (_name, text, message) => {
    expect(problems(text)).toEqual([`error [plan-json] a.json: ${message}`]);
  });

  test("fields that a later Terraform adds are passed over", () => {
    const plan = read("written/format-1.99");
    expect(plan).toMatchObject({ formatVersion: "1.99", terraformVersion: "1.99.0" });
    expect(addresses(plan.after)).toEqual(["aws_iam_role.spoke"]);
  });
});

describe("a plan that does not say all", () => {
  const base = JSON.parse(fixture("written/format-1.99")) as Readonly<Record<string, unknown>>;
  const [change] = base.resource_changes as readonly { readonly change: object }[];

  test.each<[string, object, string]>([
    [
      "failed",
      { errored: true },
      "[plan-errored] a.json: is a plan that failed: it does not hold all changes",
    ],
    [
      "defers a change",
      { deferred_changes: [{ reason: "provider_config_unknown", resource_change: change }] },
      "[plan-deferred] a.json: aws_iam_role.spoke is deferred: what it will be is unknown",
    ],
    [
      "has actions that nobody knows",
      { resource_changes: [{ ...change, change: { actions: ["rename"] } }] },
      '[plan-action] a.json: aws_iam_role.spoke has the actions ["rename"], which are not known',
    ],
    [
      "does not say what will be",
      { resource_changes: [{ ...change, change: { actions: ["create"], after: null } }] },
      "[plan-change] a.json: aws_iam_role.spoke has no values after its change: what it will be is unknown",
    ],
    [
      "plans what no change is about",
      {
        planned_values: {
          root_module: {
            resources: [{ address: "aws_iam_role.x", mode: "managed", type: "aws_iam_role" }],
          },
        },
      },
      "[plan-change] a.json: aws_iam_role.x is planned, and no change is about it",
    ],
  ])("it %s", (_name, more, finding) => {
    const { plan, diagnostics } = readTerraformPlan("a.json", JSON.stringify({ ...base, ...more }));
    const found = diagnostics.map(({ rule, file, message }) => `[${rule}] ${file}: ${message}`);
    expect(found).toEqual([finding]);
    expect(diagnostics[0]?.severity).toBe("error");
    // Whoever reads the stack is told, too.
    expect(plan?.after.diagnostics).toEqual(diagnostics);
  });
});
