import { version } from "../../package.json";
import type { Diagnostic } from "../../lib/diagnostics/diagnostic";
import { githubAnnotations } from "../../lib/diagnostics/github";
import type { PolicyKind } from "../../lib/iam/grammar/policy-kind";
import { jsonDiagnostics } from "../../lib/diagnostics/json";
import { printDiagnostics } from "../../lib/diagnostics/print";
import { sarifLog } from "../../lib/diagnostics/sarif";
import type { Headroom } from "../../lib/plan/quota-use";
import { printHeadroom } from "./headroom-text";
import { KNOWN_FINDINGS } from "../ask/known-findings";
import { paintedCount } from "./verdict";
import type { Terminal } from "../system/terminal";
import { counted } from "../../lib/diagnostics/words";

/** How findings can be printed. */
export const FORMATS = ["text", "json", "sarif", "github"] as const;

/** One of {@link FORMATS}. */
export type Format = (typeof FORMATS)[number];

/** What a file was taken for. */
export interface CheckedFile {
  readonly file: string;
  readonly kind: "account map" | PolicyKind | "stack";
}

/** What came of a check. */
export interface CheckResult {
  readonly checked: readonly CheckedFile[];
  /** Sorted. */
  readonly diagnostics: readonly Diagnostic[];
  /** Texts by file, for printing the findings. */
  readonly texts: ReadonlyMap<string, string>;
  /** Empty where no map was checked, or one with errors. */
  readonly headroom: readonly Headroom[];
}

/** Prints the result of a check to standard output. */
export function printCheck(result: CheckResult, format: Format, terminal: Terminal): void {
  const { checked, diagnostics, texts, headroom } = result;
  switch (format) {
    case "json":
      terminal.stdout(
        jsonDiagnostics(diagnostics, { checked, notChecked: notChecked(checked), headroom }),
      );
      return;
    case "sarif":
      terminal.stdout(sarifLog(diagnostics, { version, rules: [...KNOWN_FINDINGS.values()] }));
      return;
    case "github":
      terminal.stdout(githubAnnotations(diagnostics));
      return;
    case "text": {
      const text = printDiagnostics(diagnostics, { texts, color: terminal.color });
      // Where nothing could be read, nothing was checked: that is no result.
      const isProblem = terminal.quiet === true || checked.length === 0;
      if (text !== "")
        (isProblem ? terminal.stderr : terminal.stdout)(isProblem ? text : `${text}\n`);
      if (checked.length === 0 && diagnostics.length > 0) return;
      terminal.stdout(summary(result, terminal.color));
    }
  }
}

function summary({ checked, diagnostics, headroom }: CheckResult, color: boolean): string {
  const open = diagnostics.filter(({ accepted }) => accepted === undefined);
  const number = (severity: Diagnostic["severity"]): number =>
    open.filter((diagnostic) => diagnostic.severity === severity).length;
  const errors = number("error");
  const warnings = number("warning");
  const counts = [
    paintedCount(counted(errors, "error"), errors, "red", color),
    paintedCount(counted(warnings, "warning"), warnings, "yellow", color),
    `${diagnostics.length - open.length} accepted`,
  ];
  return `${counts.join(", ")}\n${files(checked)}${printHeadroom(headroom)}`;
}

const KIND_WORDS: Readonly<Record<CheckedFile["kind"], readonly [one: string, more: string]>> = {
  "account map": ["account map", "account maps"],
  trust: ["trust policy", "trust policies"],
  identity: ["identity policy", "identity policies"],
  boundary: ["permissions boundary", "permissions boundaries"],
  "service-control": ["service control policy", "service control policies"],
  "resource-control": ["resource control policy", "resource control policies"],
  stack: ["stack", "stacks"],
};

/** The kinds of separately checked files; nothing for a single map. */
function files(checked: readonly CheckedFile[]): string {
  if (checked.every(({ kind }) => kind === "account map")) return "";
  const counts = Object.entries(KIND_WORDS).flatMap(([kind, [one, more]]) => {
    const number = checked.filter((file) => file.kind === kind).length;
    return number === 0 ? [] : [counted(number, one, more)];
  });
  const open = notChecked(checked).map((each) => `not checked: ${each}\n`);
  return `checked: ${counts.join(", ")}\n${open.join("")}`;
}

/** What a check of files on their own does not look at, by what they were taken for. */
const NOT_CHECKED: Readonly<Record<CheckedFile["kind"], string | undefined>> = {
  "account map": undefined,
  trust: "what the role can do, and whether its callers are allowed to assume it",
  identity: "the other policies, the boundary and the account of whoever has the policy",
  boundary: "the policies of the roles with the boundary",
  "service-control": "the accounts with the policy, and what it denies there",
  "resource-control": "the accounts with the policy, and what it denies there",
  stack: "who can assume the roles: `trustwheel reach` and `who-can` tell",
};

/** What was not looked at, each once; nothing for a map, which has everything. */
function notChecked(checked: readonly CheckedFile[]): readonly string[] {
  return [...new Set(checked.flatMap(({ kind }) => NOT_CHECKED[kind] ?? []))];
}
