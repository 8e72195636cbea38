import type { Diagnostic } from "./diagnostic";

/** Version of the form below; a new one is announced in the changelog. */
const FORMAT_VERSION = 1;

/** Findings for machines: `{version, diagnostics}`, each as {@link Diagnostic}. */
export function jsonDiagnostics(diagnostics: readonly Diagnostic[], extra: object = {}): string {
  return `${JSON.stringify({ version: FORMAT_VERSION, ...extra, diagnostics }, null, 2)}\n`;
}
