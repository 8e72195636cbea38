import { structuredPatch } from "diff";
import { createColors } from "picocolors";

/** Lines around a change that are shown. */
const CONTEXT = 3;

/** The difference of two texts of a file as `diff -u` shows it; empty where they are the same. */
export function unifiedDiff(file: string, before: string, after: string, color: boolean): string {
  if (before === after) return "";
  const [old, current] = withoutSameEnd(before, after);
  const { hunks } = structuredPatch(file, file, old, current, "", "", { context: CONTEXT });
  const { bold, cyan, green, red } = createColors(color);
  const paint = (line: string): string =>
    line.startsWith("-") ? red(line) : line.startsWith("+") ? green(line) : line;
  return [
    bold(`--- a/${file}`),
    bold(`+++ b/${file}`),
    ...hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
      cyan(`@@ -${rangeOf(oldStart, oldLines)} +${rangeOf(newStart, newLines)} @@`),
      ...lines.map((line) => paint(line.replace(/\r$/, ""))),
    ]),
    "",
  ].join("\n");
}

/** No lines lie behind the one before them; one line needs no length. */
function rangeOf(start: number, length: number): string {
  return `${length === 0 ? start - 1 : start}${length === 1 ? "" : `,${length}`}`;
}

/**
 * Two texts without the lines that both end with, but for those that are shown around a change. Without it
 * the time grows with the square of the lines that are added in one place.
 */
function withoutSameEnd(before: string, after: string): [string, string] {
  let same = 0;
  while (same < before.length && before.at(-1 - same) === after.at(-1 - same)) same += 1;
  let kept = before.indexOf("\n", before.length - same) + 1;
  for (let line = 0; line < CONTEXT && kept > 0; line += 1) kept = before.indexOf("\n", kept) + 1;
  if (kept === 0) return [before, after];
  return [before.slice(0, kept), after.slice(0, after.length - (before.length - kept))];
}
