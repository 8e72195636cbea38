import { readFileSync } from "node:fs";
import { join } from "node:path";
import { MARKER } from "../../lib/review/report/markdown/render-markdown";
import { REVIEW_FINDINGS } from "../../lib/diagnostics/findings/review-findings";
import { ROOT } from "../support/project";

const text = readFileSync(join(ROOT, "docs", "review.md"), "utf8");

test("has a line for each rule of the findings, as SARIF says them", () => {
  const lines = [...text.matchAll(/^\| `(review-[a-z-]+)` +\| (.+?) +\|$/gm)];
  const said = lines.map(([, id, summary = ""]) => [id, summary.toLowerCase()]);
  const rules = REVIEW_FINDINGS.map(({ id, summary }) => [
    id,
    summary.replace(/\.$/, "").toLowerCase(),
  ]);
  expect(said).toEqual(rules);
});

test("names the line by which a job finds its comment", () => {
  expect(text).toContain(`\`${MARKER}\``);
});
