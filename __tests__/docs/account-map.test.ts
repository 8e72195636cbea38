import { readFileSync } from "node:fs";
import { join } from "node:path";
import { accountMapReference } from "../../scripts/account-map-reference";
import { ROOT, synthesizeMap } from "../support/project";

const text = readFileSync(join(ROOT, "docs", "account-map.md"), "utf8");

describe("docs/account-map.md", () => {
  test("holds the reference that the schema gives today; else run npm run docs:account-map", () => {
    expect(text.endsWith(`npm run docs:account-map -->\n\n${accountMapReference()}`)).toBe(true);
  });

  test("explains every key of the schema", () => {
    const keys = new Set<string>();
    collectKeys(
      JSON.parse(readFileSync(join(ROOT, "schema", "accounts.schema.json"), "utf8")),
      keys,
    );
    expect([...keys].filter((key) => !text.includes(`\`${key}\``))).toEqual([]);
  });

  test("shows two roles of one name that can be synthesized", () => {
    const [, example = ""] = /```yaml\n(spokes:\n {2}reader:[^`]*)```/.exec(text) ?? [];
    const stacks = synthesizeMap(`
accounts:
  one: { id: "111111111111", unit: /Workloads/Prod }
  two: { id: "222222222222", unit: /Sandbox }
hubs:
  people: { account: one, principals: { team: { role: { name: team } } } }
${example}`);
    const names = ["one", "two"].map((account) =>
      Object.values(stacks.stack(account).resource?.aws_iam_role ?? {}).map(({ name }) => name),
    );
    expect(names).toEqual([["people", "reader"], ["reader"]]);
  });
});

function collectKeys(node: unknown, keys: Set<string>): void {
  if (typeof node !== "object" || node === null) return;
  for (const [name, value] of Object.entries(node)) {
    if (name === "properties") for (const key of Object.keys(value as object)) keys.add(key);
    collectKeys(value, keys);
  }
}
