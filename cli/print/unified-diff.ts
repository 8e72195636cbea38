import { createColors } from "picocolors";

/** Lines around a change that are shown. */
const CONTEXT = 3;
/** Most lines that are looked ahead for where two texts meet again. */
const MOST_AHEAD = 2000;

interface Line {
  readonly sign: " " | "-" | "+";
  readonly text: string;
}

/** The difference of two texts of a file as `diff -u` shows it; empty where they are the same. */
export function unifiedDiff(file: string, before: string, after: string, color: boolean): string {
  if (before === after) return "";
  const lines = compareLines(linesOf(before), linesOf(after));
  const { bold, cyan, green, red } = createColors(color);
  const paint = { " ": (text: string) => text, "-": red, "+": green };
  const parts = [bold(`--- a/${file}`), bold(`+++ b/${file}`)];
  for (const [start, end] of hunks(lines)) {
    const [oldStart, newStart] = [countOf(lines, start, "+"), countOf(lines, start, "-")];
    const shown = lines.slice(start, end);
    const oldLength = shown.filter(({ sign }) => sign !== "+").length;
    const newLength = shown.filter(({ sign }) => sign !== "-").length;
    parts.push(
      cyan(`@@ -${rangeOf(oldStart, oldLength)} +${rangeOf(newStart, newLength)} @@`),
      ...shown.map(({ sign, text }) => paint[sign](`${sign}${text.replace(/\r$/, "")}`)),
    );
  }
  return `${parts.join("\n")}\n`;
}

function linesOf(text: string): string[] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** Lines before a place that one of the two texts has: those without the other's sign. */
function countOf(lines: readonly Line[], end: number, other: "-" | "+"): number {
  return lines.slice(0, end).filter(({ sign }) => sign !== other).length;
}

function rangeOf(start: number, length: number): string {
  return `${length === 0 ? start : start + 1}${length === 1 ? "" : `,${length}`}`;
}

/** Edits change few lines, so that the texts meet again soon: the nearest place where they do is taken. */
function compareLines(before: readonly string[], after: readonly string[]): Line[] {
  const lines: Line[] = [];
  let [left, right] = [0, 0];
  const take = (olds: number, news: number): void => {
    for (const text of before.slice(left, left + olds)) lines.push({ sign: "-", text });
    for (const text of after.slice(right, right + news)) lines.push({ sign: "+", text });
    left += olds;
    right += news;
  };
  while (left < before.length && right < after.length) {
    const text = before[left];
    if (text !== undefined && text === after[right]) {
      lines.push({ sign: " ", text });
      left += 1;
      right += 1;
    } else {
      const [olds, news] = meeting(before, after, left, right);
      take(olds, news);
    }
  }
  take(before.length - left, after.length - right);
  return lines;
}

/** How many lines of each text come before the nearest place where two lines in a row are the same again. */
function meeting(
  before: readonly string[],
  after: readonly string[],
  left: number,
  right: number,
): [number, number] {
  for (let ahead = 1; ahead < MOST_AHEAD; ahead += 1) {
    for (let olds = 0; olds <= ahead; olds += 1) {
      const news = ahead - olds;
      if (left + olds > before.length || right + news > after.length) continue;
      const same = (offset: number): boolean =>
        before[left + olds + offset] === after[right + news + offset];
      if (same(0) && same(1)) return [olds, news];
    }
  }
  return [before.length - left, after.length - right];
}

/** Where changes with the lines around them begin and end. */
function hunks(lines: readonly Line[]): [number, number][] {
  const found: [number, number][] = [];
  for (const [index, { sign }] of lines.entries()) {
    if (sign === " ") continue;
    const start = Math.max(0, index - CONTEXT);
    const end = Math.min(lines.length, index + CONTEXT + 1);
    const last = found.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = end;
    else found.push([start, end]);
  }
  return found;
}
