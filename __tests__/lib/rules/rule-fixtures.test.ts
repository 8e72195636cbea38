import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CATALOGUE, RULES } from "../../../lib/rules/catalogue";
import type { CatalogueEntry } from "../../../lib/rules/rule";
import { ROOT } from "../../support/project";
import { checkFixture, fixtureOutput, RULE_FIXTURES } from "../../support/rules/rule-fixture";

const folders = existsSync(RULE_FIXTURES) ? readdirSync(RULE_FIXTURES).sort() : [];

function idOf(entry: CatalogueEntry): string {
  return entry.status === "checked" ? entry.rule.id : entry.id;
}

describe.each(folders)("the fixtures of %s", (id) => {
  const folder = join(RULE_FIXTURES, id);

  test("the broken one gives exactly the expected output, which names the rule", () => {
    const expected = readFileSync(join(folder, "broken.out"), "utf8");
    expect(fixtureOutput(join(folder, "broken"))).toBe(expected);
    expect(expected).toContain(`[${id}]`);
  });

  test("the one that is close but clean gives no finding", () => {
    expect(checkFixture(join(folder, "clean")).diagnostics).toEqual([]);
  });
});

describe("the catalogue", () => {
  test("holds every id of the reference once", () => {
    const ids = readFileSync(join(ROOT, "__tests__", "fixtures", "rule-ids.txt"), "utf8")
      .trim()
      .split("\n");
    const held = CATALOGUE.map(idOf);
    expect(held.filter((id, index) => held.indexOf(id) !== index)).toEqual([]);
    expect(ids.filter((id) => !held.includes(id))).toEqual([]);
  });

  test("has a pair of fixtures for every rule that is checked, and for no other", () => {
    const checked = CATALOGUE.filter(({ status }) => status === "checked" || status === "read").map(
      idOf,
    );
    expect([...checked].sort()).toEqual(folders);
  });

  test("names a test that exists and mentions the id for every rule that is made impossible", () => {
    const broken = CATALOGUE.filter(
      (entry) =>
        entry.status === "impossible" &&
        !(
          existsSync(join(ROOT, entry.test)) &&
          readFileSync(join(ROOT, entry.test), "utf8").includes(entry.id)
        ),
    );
    expect(broken.map(idOf)).toEqual([]);
  });

  test("has each rule that is checked in one file, whose name begins with the id", () => {
    const files = readdirSync(join(ROOT, "lib", "rules"), {
      recursive: true,
      encoding: "utf8",
    }).filter((file) => !file.startsWith("facts/"));
    const filesOf = (id: string): string[] =>
      files.filter((file) => new RegExp(`/(?:n\\d-)*${id.toLowerCase()}[-.][^/]*$`).test(file));
    const lost = RULES.filter(({ id }) => filesOf(id).length !== 1);
    expect(lost.map(({ id }) => id)).toEqual([]);
  });
});
