import { readFileSync } from "node:fs";
import { join } from "node:path";
import { RULES_HEAD, rulesReference } from "../../scripts/rules-reference";
import { KNOWN_FINDINGS, ofEntry } from "../../cli/ask/known-findings";
import { CATALOGUE } from "../../lib/rules/catalogue";
import { checkMap, ROOT } from "../support/project";

const text = readFileSync(join(ROOT, "docs", "rules.md"), "utf8");

describe("docs/rules.md", () => {
  test("is what the catalogue and the fixtures give today; else run npm run docs:rules", () => {
    expect(text === `${RULES_HEAD}\n${rulesReference()}`).toBe(true);
  });

  test("has a heading for every finding, in the order of the list", () => {
    const headings = [...text.matchAll(/^### (.+)$/gm)].map(([, id]) => id);
    expect(headings).toEqual([...KNOWN_FINDINGS.keys()]);
  });

  test("shows an input and an output for every rule that is checked, and for no other", () => {
    const rules = new Set<string>(CATALOGUE.map((entry) => ofEntry(entry).id));
    const parts = text
      .split(/^### /m)
      .slice(1)
      .filter((part) => rules.has(part.split("\n")[0] ?? ""));
    const without = parts
      .filter((part) => !part.includes("```text\n"))
      .map((part) => part.split("\n")[0]);
    const unchecked = CATALOGUE.flatMap((entry) =>
      entry.status === "impossible" || entry.status === "out of reach" ? [entry.id] : [],
    );
    expect(without).toEqual(unchecked);
  });

  test("explains acknowledgements with one that the map takes", () => {
    const [, example = ""] = /```yaml\n(acknowledgements:\n[^`]*)```/.exec(text) ?? [];
    const { diagnostics } = checkMap(`accounts:
  one: { id: "111111111111" }
hubs:
  people: { account: one, principals: { engineers: { permissionSet: { name: Engineer } } } }
spokes:
  deployer:
    hubs: [people]
    accounts: { keys: [one] }
    permissions:
      statements: [{ Effect: Allow, Action: iam:PutRolePolicy, Resource: "*" }]
${example}`);
    expect(diagnostics.map(({ rule, accepted }) => [rule, accepted?.reason])).toEqual([
      ["N1", "the platform team deploys roles"],
    ]);
  });
});
