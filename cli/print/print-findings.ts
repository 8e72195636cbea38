import type { Diagnostic } from "../../lib/diagnostics/diagnostic";
import { printDiagnostics } from "../../lib/diagnostics/print";
import type { Terminal } from "../system/terminal";

/**
 * Prints findings to standard error.
 *
 * @param texts of the files that they are in.
 *
 * @default - none, as of files that cannot be read
 */
export function printFindings(
  findings: readonly Diagnostic[],
  terminal: Terminal,
  texts: ReadonlyMap<string, string> = new Map(),
): void {
  terminal.stderr(printDiagnostics(findings, { texts, color: terminal.errorColor }));
}
