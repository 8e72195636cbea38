import { readFileSync } from "node:fs";
import { REPORTED_KINDS } from "../../lib/review/kinds/kinds";
import { REVIEW_TRIGGERS } from "../../lib/account-map/model/review-rule";

/** The first cells of the tables of a document. */
function firstCells(file: string): readonly string[] {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(/^\| `([a-z-]+)` +\|/gm)].map(([, name = ""]) => name);
}

test("the document of the JSON has every kind of change", () => {
  expect(firstCells("docs/review-json.md")).toEqual(
    expect.arrayContaining(REPORTED_KINDS.map(({ kind }) => kind)),
  );
});

test("the document of the review has every trigger of a rule", () => {
  expect(firstCells("docs/review.md")).toEqual(expect.arrayContaining([...REVIEW_TRIGGERS]));
});
