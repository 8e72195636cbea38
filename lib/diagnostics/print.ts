import { createColors } from "picocolors";
import type { Diagnostic, RelatedPlace, Severity } from "./diagnostic";

/** How findings are printed. */
export interface PrintOptions {
  /** Texts of the files that findings point into, by name. */
  readonly texts: ReadonlyMap<string, string>;
  /** Colours are a decoration, never the only signal. */
  readonly color: boolean;
}

/**
 * Findings as text for people: place, message and rule on the first line, then the source line with
 * an underline, then what to type.
 */
export function printDiagnostics(
  diagnostics: readonly Diagnostic[],
  options: PrintOptions,
): string {
  return diagnostics.map((diagnostic) => printDiagnostic(diagnostic, options)).join("\n");
}

type Colors = ReturnType<typeof createColors>;

function printDiagnostic(diagnostic: Diagnostic, options: PrintOptions): string {
  const colors = createColors(options.color);
  const { file, span, severity, message, rule, help, accepted, related = [] } = diagnostic;
  const place = span === undefined ? file : `${file}:${span.start.line}:${span.start.column}`;
  // Errors are the usual case and go without a word, warnings and information say what they are.
  const word =
    accepted !== undefined
      ? `${colors.dim("accepted")}: `
      : severity === "error"
        ? ""
        : `${paint(severity, severity, colors)}: `;
  const lines = [`${colors.bold(place)}: ${word}${message} ${colors.dim(`[${rule}]`)}`];
  if (span !== undefined) lines.push(...excerpt(diagnostic, options.texts, colors));
  for (const place of related) lines.push(...relatedLines(place, options.texts, colors));
  if (accepted !== undefined) {
    const until = accepted.until === undefined ? "" : ` (until ${accepted.until})`;
    lines.push(`  ${colors.dim("=")} reason: ${accepted.reason}${until}`);
  } else if (help !== undefined) lines.push(`  ${colors.dim("=")} ${colors.cyan("help")}: ${help}`);
  return `${lines.join("\n")}\n`;
}

function excerpt(
  { file, span, severity }: Diagnostic,
  texts: ReadonlyMap<string, string>,
  colors: Colors,
): string[] {
  if (span === undefined) return [];
  const source = lineOf(texts.get(file), span.start.line);
  if (source === undefined) return [];
  const { text, start } = window(source, span.start.column - 1);
  const end = span.end.line === span.start.line ? span.end.column - 1 : source.length;
  const width = Math.max(1, Math.min(text.length - start, end - (span.start.column - 1)));
  const number = String(span.start.line);
  const gutter = " ".repeat(number.length);
  const bar = colors.dim("|");
  const indent = text.slice(0, start).replace(/[^\t]/g, " ");
  const mark = paint(severity, `^${"~".repeat(width - 1)}`, colors);
  return [
    `${gutter} ${bar}`,
    `${colors.dim(number)} ${bar} ${text}`,
    `${gutter} ${bar} ${indent}${mark}`,
  ];
}

function relatedLines(
  { file, span, message }: RelatedPlace,
  texts: ReadonlyMap<string, string>,
  colors: Colors,
): string[] {
  const source = lineOf(texts.get(file), span.start.line);
  const number = String(span.start.line);
  const bar = colors.dim("|");
  const place = `  ${colors.dim("=")} ${message}: ${file}:${number}:${span.start.column}`;
  return source === undefined
    ? [place]
    : [place, `${colors.dim(number)} ${bar} ${window(source, 0).text}`];
}

/** Longest piece of a source line that is shown, characters. */
const EXCERPT_WIDTH = 110;

/** The piece of a long line around a column. */
function window(source: string, column: number): { text: string; start: number } {
  if (source.length <= EXCERPT_WIDTH)
    return { text: source, start: Math.min(column, source.length) };
  const from = Math.max(0, Math.min(column - 40, source.length - EXCERPT_WIDTH));
  return {
    text: source.slice(from, from + EXCERPT_WIDTH),
    start: Math.min(column, source.length) - from,
  };
}

function lineOf(text: string | undefined, line: number): string | undefined {
  return text?.split("\n")[line - 1]?.replace(/\r$/, "");
}

function paint(severity: Severity, text: string, colors: Colors): string {
  switch (severity) {
    case "error":
      return colors.red(text);
    case "warning":
      return colors.yellow(text);
    case "info":
      return colors.blue(text);
  }
}
