import { byText } from "../values/order";
import type { FindingId } from "./findings/finding-id";
import type { Severity } from "./severity";

/** A place in a text, counted from 1, columns in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A stretch of text on one or more lines; `end` is the position just behind the last character. */
export interface Span {
  readonly start: Position;
  readonly end: Position;
}

/** A second place that explains a finding, such as the first of two definitions. */
export interface RelatedPlace {
  readonly file: string;
  readonly span: Span;
  readonly message: string;
}

/**
 * One finding about something that a person wrote.
 *
 * The message says what is wrong, what was found and what is allowed, in lower case and without a
 * final period; `help` says what to type.
 */
export interface Diagnostic {
  readonly severity: Severity;
  /** Stable id of the rule, such as `ID-01` or `unknown-key`: people search and filter by it. */
  readonly rule: FindingId;
  /** The file as the user named it, relative to the working folder. */
  readonly file: string;
  /** @default - the finding is about the whole file */
  readonly span?: Span;
  readonly message: string;
  /** @default - the message says it all */
  readonly help?: string;
  /** Lines of YAML that accept it, to paste into the account map. @default - it is to be fixed, or help says how */
  readonly acceptance?: string;
  /** @default - no second place */
  readonly related?: readonly RelatedPlace[];
  /** Why it was accepted, and until when; it then weighs nothing but stays visible. @default - it was not */
  readonly accepted?: { readonly reason: string; readonly until?: string };
}

/** Whether any finding stops the run. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(
    ({ severity, accepted }) => severity === "error" && accepted === undefined,
  );
}

/** Whether any finding fails a check: errors and warnings that nobody accepted. */
export function hasFindings(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(
    ({ severity, accepted }) => severity !== "info" && accepted === undefined,
  );
}

const SEVERITY_ORDER: Record<Severity, number> = { error: 0, warning: 1, info: 2 };

/** Orders findings by file, line, column, severity, rule and message, and drops exact repetitions. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const sorted = [...diagnostics].sort(compare);
  return sorted.filter((diagnostic, index) => {
    const previous = sorted[index - 1];
    return previous === undefined || compare(previous, diagnostic) !== 0;
  });
}

function compare(a: Diagnostic, b: Diagnostic): number {
  return (
    byText(a.file, b.file) ||
    (a.span?.start.line ?? 0) - (b.span?.start.line ?? 0) ||
    (a.span?.start.column ?? 0) - (b.span?.start.column ?? 0) ||
    SEVERITY_ORDER[a.severity] - SEVERITY_ORDER[b.severity] ||
    byText(a.rule, b.rule) ||
    byText(a.message, b.message)
  );
}
