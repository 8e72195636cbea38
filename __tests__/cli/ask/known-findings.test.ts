import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { KNOWN_FINDINGS } from "../../../cli/ask/known-findings";
import { documentationOf } from "../../../lib/diagnostics/documentation";
import type { Diagnostic } from "../../../lib/diagnostics/diagnostic";
import type { FindingId } from "../../../lib/diagnostics/findings/finding-id";
import { REVIEW_FINDINGS } from "../../../lib/diagnostics/findings/review-findings";
import { RULE_IDS } from "../../../lib/diagnostics/findings/rule-ids";
import { LOOSE_FINDINGS } from "../../../lib/diagnostics/findings/finding-id";
import { CATALOGUE } from "../../../lib/rules/catalogue";
import { FINDING_FIXTURES, findingOutput } from "../../support/rules/finding-fixture";
import { ROOT } from "../../support/project";

/** Files of a folder with an ending, below it as well. */
function filesOf(folder: string, ending: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));
}

const textOf = (file: string): string => readFileSync(join(ROOT, file), "utf8");
const missing = (ids: Iterable<string>): string[] =>
  [...new Set(ids)].filter((id) => !KNOWN_FINDINGS.has(id)).sort();

describe("the list of findings", () => {
  test("has the rules of the catalogue, each once, and no other rule", () => {
    const ids = CATALOGUE.map((entry) => (entry.status === "checked" ? entry.rule.id : entry.id));
    expect([...ids].sort()).toEqual([...RULE_IDS].sort());
    expect(new Set(RULE_IDS).size).toBe(RULE_IDS.length);
  });

  test("is closed: another id does not compile", () => {
    // @ts-expect-error -- it is on no list
    const unknown: FindingId = "no-such-finding";
    // @ts-expect-error -- findings have ids of the list
    const finding: Diagnostic = { severity: "error", rule: "value-", file: "f", message: "m" };
    expect([unknown, finding.rule].filter((id) => KNOWN_FINDINGS.has(id))).toEqual([]);
  });

  test("has every id that a fixture shows", () => {
    const outputs = filesOf("__tests__/fixtures", ".out");
    const ids = outputs.flatMap((file) =>
      [...textOf(file).matchAll(/^[^\s|].*: .* \[([A-Za-z0-9-]+)\]$/gm)].map(([, id = ""]) => id),
    );
    expect(new Set(ids).size).toBeGreaterThan(150);
    expect(missing(ids)).toEqual([]);
  });

  test("has each id once, with a text of each kind", () => {
    const lists = [RULE_IDS, LOOSE_FINDINGS, REVIEW_FINDINGS];
    expect(KNOWN_FINDINGS.size).toBe(lists.reduce((sum, { length }) => sum + length, 0));
    for (const { id, claim, summary, why, source } of KNOWN_FINDINGS.values()) {
      const filled = [claim, summary, why, source].every((text) => text.length > 2);
      expect([id, filled, summary.endsWith(".")]).toEqual([id, true, false]);
    }
  });

  test("has a heading for each id on the page that findings point to", () => {
    const page = textOf("docs/rules.md");
    const without = [...KNOWN_FINDINGS.keys()].filter((id) => !page.includes(`\n### ${id}\n`));
    expect(without).toEqual([]);
    expect(documentationOf("proof-refuted")).toBe("docs/rules.md#proof-refuted");
  });
});

/** Findings that no small input shows: of files that are too large or not there, and of what code did. */
const WITHOUT_EXAMPLE = [
  "nesting",
  "file-size",
  "unreadable-file",
  "address",
  "edit",
  "proof-refuted",
  "proof-unknown",
  "import-file",
  "unproved-terraform",
  "organization-file",
  "organization-incomplete",
  "organization-account",
  "authorization-details",
  // Tested where plans are read, with the plans that they need.
  "access-principal",
  "access-unattached",
  "plan-conflict",
  "plan-contradiction",
  "plan-lost",
  "plan-order",
  "plan-partial",
];

describe("the examples of findings", () => {
  const folders = readdirSync(FINDING_FIXTURES).sort();

  test("are there for every finding that a small input shows", () => {
    const wanted = LOOSE_FINDINGS.map(({ id }): string => id).filter(
      (id) => !WITHOUT_EXAMPLE.includes(id),
    );
    expect(folders).toEqual(wanted.sort());
  });

  test.each(folders)("%s says what its output shows", (id) => {
    const output = findingOutput(join(FINDING_FIXTURES, id, "broken"));
    expect(existsSync(join(FINDING_FIXTURES, id, "broken.out"))).toBe(true);
    expect(output).toBe(readFileSync(join(FINDING_FIXTURES, id, "broken.out"), "utf8"));
    expect(output).toContain(`[${id}]`);
  });
});
