import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { KNOWN_FINDINGS } from "../../../cli/ask/known-findings";
import { documentationOf } from "../../../lib/diagnostics/documentation";
import { IDENTIFIER_RULES } from "../../../lib/iam/identifier";
import { LOOSE_FINDINGS } from "../../../lib/rules/findings/loose-findings";
import { CATALOGUE } from "../../../lib/rules/catalogue";
import { FINDING_FIXTURES, findingOutput } from "../../support/rules/finding-fixture";
import { ROOT } from "../../support/project";

/** Files of a folder with an ending, below it as well. */
function filesOf(folder: string, ending: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));
}

const SOURCES = [
  ...["lib", "cli", "constructs"].flatMap((each) => filesOf(each, ".ts")),
  "main.ts",
];
const textOf = (file: string): string => readFileSync(join(ROOT, file), "utf8");
const missing = (ids: Iterable<string>): string[] =>
  [...new Set(ids)].filter((id) => !KNOWN_FINDINGS.has(id)).sort();

describe("the list of findings", () => {
  test("has every id that the code writes as the rule of a finding", () => {
    const ids = SOURCES.flatMap((file) =>
      [...textOf(file).matchAll(/\brule(?:Id)?: "([^"]+)"/g)].map(([, id = ""]) => id),
    );
    expect(new Set(ids).size).toBeGreaterThan(120);
    expect(missing(ids)).toEqual([]);
  });

  test("has every id that is handed to a function or chosen by one", () => {
    // Inputs of workflows have names of the same form.
    const readers = SOURCES.filter(
      (file) =>
        /^lib\/(?:access|organization|adopt|review)\//.test(file) &&
        // Ids of axioms have the same form.
        file !== "lib/access/prove/axioms.ts",
    );
    const form = /"((?:access|plan|proof|organization|authorization|review)-[a-z-]+)"/g;
    const ids = readers.flatMap((file) =>
      [...textOf(file).matchAll(form)].map(([, id = ""]) => id),
    );
    expect(new Set(ids).size).toBeGreaterThan(30);
    expect(missing(ids)).toEqual([]);
    const tones = ["unknown", "widened", "changed", "narrowed"];
    expect(missing(tones.map((tone) => `review-${tone}`))).toEqual([]);
  });

  test("has the ids of names that are looked up, and of texts with a form", () => {
    const kinds = /const KINDS = \{([\s\S]*?)\} as const/.exec(
      textOf("lib/account-map/read/reading.ts"),
    );
    const names = [...(kinds?.[1] ?? "").matchAll(/^ {2}"?([a-z ]+)"?:/gm)].map(
      ([, name = ""]) => `unknown-${name.replaceAll(" ", "-")}`,
    );
    expect(names).toHaveLength(9);
    expect(missing(names)).toEqual([]);
    expect(missing(Object.values(IDENTIFIER_RULES).map(({ rule }) => rule))).toEqual([]);
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
    expect(KNOWN_FINDINGS.size).toBe(
      CATALOGUE.length +
        LOOSE_FINDINGS.length +
        [...KNOWN_FINDINGS.keys()].filter((id) => id.startsWith("review-") && id !== "review-rule")
          .length,
    );
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
    const wanted = LOOSE_FINDINGS.map(({ id }) => id).filter((id) => !WITHOUT_EXAMPLE.includes(id));
    expect(folders).toEqual(wanted.sort());
  });

  test.each(folders)("%s says what its output shows", (id) => {
    const output = findingOutput(join(FINDING_FIXTURES, id, "broken"));
    expect(existsSync(join(FINDING_FIXTURES, id, "broken.out"))).toBe(true);
    expect(output).toBe(readFileSync(join(FINDING_FIXTURES, id, "broken.out"), "utf8"));
    expect(output).toContain(`[${id}]`);
  });
});
