import { shorten } from "./quote";
import { createColors } from "picocolors";
import type { Diagnostic, RelatedPlace } from "./diagnostic";
import type { Severity } from "./severity";
import { visible } from "./display-width";
import { excerpt, sourceLine } from "./excerpt";
import { counted } from "./words";

/** How findings are printed. */
export interface PrintOptions {
  /** Texts of the files that findings point into, by name. */
  readonly texts: ReadonlyMap<string, string>;
  /** Colours are a decoration, never the only signal. */
  readonly color: boolean;
}

/** How many findings are printed; nobody reads more, and the first usually explain the rest. */
const MOST_FINDINGS = 100;
/** Longest message or help that is printed, characters. */
const MOST_CHARACTERS = 2000;

/**
 * Findings as text for people: place, message and rule on the first line, then the source line with
 * an underline, then what to type. Of more than 100, the rest is counted.
 */
export function printDiagnostics(
  diagnostics: readonly Diagnostic[],
  options: PrintOptions,
): string {
  const colors = createColors(options.color);
  const lines = new Map<string, readonly string[]>();
  for (const [file, text] of options.texts) lines.set(file, text.split("\n"));
  const printer = { lines, colors };
  const printed = diagnostics
    .slice(0, MOST_FINDINGS)
    .map((diagnostic) => printDiagnostic(diagnostic, printer));
  const hidden = diagnostics.length - printed.length;
  if (hidden > 0) printed.push(`and ${counted(hidden, "more finding")}\n`);
  return printed.join("\n");
}

type Colors = ReturnType<typeof createColors>;

interface Printer {
  /** Lines of the files, by name. */
  readonly lines: ReadonlyMap<string, readonly string[]>;
  readonly colors: Colors;
}

function printDiagnostic(diagnostic: Diagnostic, { lines, colors }: Printer): string {
  const {
    file,
    span,
    severity,
    message,
    rule,
    help,
    accepted,
    acceptance,
    related = [],
  } = diagnostic;
  const place = span === undefined ? file : `${file}:${span.start.line}:${span.start.column}`;
  // Errors are the usual case and go without a word, warnings and information say what they are.
  const word =
    accepted !== undefined
      ? `${colors.dim("accepted")}: `
      : severity === "error"
        ? ""
        : `${paint(severity, severity, colors)}: `;
  const printed = [
    `${colors.bold(visible(place))}: ${word}${clean(message)} ${colors.dim(`[${rule}]`)}`,
  ];
  const gutter = gutterWidth(diagnostic);
  const shown = span === undefined ? undefined : excerpt(lines.get(file), span);
  if (span !== undefined && shown !== undefined) {
    printed.push(
      gutterLine("", "", gutter, colors),
      gutterLine(span.start.line, shown.text, gutter, colors),
      gutterLine("", shown.indent + paint(severity, shown.underline, colors), gutter, colors),
    );
  }
  for (const second of related) printed.push(...relatedLines(second, gutter, { lines, colors }));
  if (accepted !== undefined) {
    const until = accepted.until === undefined ? "" : ` (until ${accepted.until})`;
    printed.push(noteLine("reason", clean(accepted.reason + until), gutter, colors));
  } else {
    if (help !== undefined) {
      printed.push(noteLine(colors.cyan("help"), clean(help), gutter, colors));
    }
    if (acceptance !== undefined) {
      printed.push(
        noteLine(
          colors.cyan("accept"),
          "if this is wanted, add to the account map:",
          gutter,
          colors,
        ),
        ...acceptance.split("\n").map((line) => `${" ".repeat(gutter + 5)}${clean(line)}`),
      );
    }
  }
  return `${printed.join("\n")}\n`;
}

function relatedLines(
  { file, span, message }: RelatedPlace,
  gutter: number,
  { lines, colors }: Printer,
): string[] {
  const { line, column } = span.start;
  const note = noteLine(clean(message), visible(`${file}:${line}:${column}`), gutter, colors);
  const source = sourceLine(lines.get(file), span);
  return source === undefined ? [note] : [note, gutterLine(line, source, gutter, colors)];
}

/** Columns that the line numbers of a finding take. */
function gutterWidth({ span, related = [] }: Diagnostic): number {
  const numbers = [span, ...related.map((place) => place.span)];
  return Math.max(...numbers.map((each) => String(each?.start.line ?? "").length));
}

function gutterLine(number: number | "", text: string, width: number, colors: Colors): string {
  const line = `${colors.dim(String(number).padStart(width))} ${colors.dim("|")} ${text}`;
  return text === "" ? line.trimEnd() : line;
}

function noteLine(word: string, text: string, gutter: number, colors: Colors): string {
  return `${" ".repeat(gutter)} ${colors.dim("=")} ${word}: ${text}`;
}

function clean(text: string): string {
  return visible(shorten(text, MOST_CHARACTERS));
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
