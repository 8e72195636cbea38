import type { Span } from "./diagnostic";
import { charactersOf, displayWidth, visible } from "./display-width";

/** A source line and what to print below it, so that the underline stands under what is meant. */
export interface Excerpt {
  readonly text: string;
  /** What stands before the underline: as wide as the text there. */
  readonly indent: string;
  readonly underline: string;
}

/** Longest piece of a source line that is shown, characters. */
const WIDTH = 110;
/** How much of a long line is shown before the place that is meant, characters. */
const BEFORE = 40;
const CUT = "...";

/**
 * The first line of a span with an underline to the end of the span or of the line; of a long line
 * only the part around it. Nothing where there is no such line.
 */
export function excerpt(lines: readonly string[] | undefined, span: Span): Excerpt | undefined {
  const source = lineOf(lines, span);
  if (source === undefined) return undefined;
  const start = Math.min(span.start.column - 1, source.length);
  const oneLine = span.end.line === span.start.line;
  const end = oneLine
    ? Math.min(Math.max(span.end.column - 1, start), source.length)
    : source.length;
  const from =
    source.length <= WIDTH ? 0 : Math.max(0, Math.min(start - BEFORE, source.length - WIDTH));
  const to = Math.min(source.length, from + WIDTH);
  const head = (from > 0 ? CUT : "") + visible(source.slice(from, start));
  const marked = visible(source.slice(start, Math.min(end, to)));
  const tail = visible(source.slice(Math.min(end, to), to)) + (to < source.length ? CUT : "");
  return {
    text: (head + marked + tail).trimEnd(),
    indent: charactersOf(head)
      .map((each) => (each === "\t" ? "\t" : " ".repeat(displayWidth(each))))
      .join(""),
    underline: `^${"~".repeat(Math.max(0, displayWidth(marked) - 1))}`,
  };
}

/** The first line of a span, cut where it is long. */
export function sourceLine(lines: readonly string[] | undefined, span: Span): string | undefined {
  const source = lineOf(lines, span);
  if (source === undefined) return undefined;
  return visible(source.slice(0, WIDTH)) + (source.length > WIDTH ? CUT : "");
}

function lineOf(lines: readonly string[] | undefined, span: Span): string | undefined {
  return lines?.[span.start.line - 1]?.replace(/\r$/, "");
}
