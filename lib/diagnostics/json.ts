import type { Diagnostic } from "./diagnostic";
import { visibleJson } from "./display-width";

/** Version of the form below; a new one is announced in the changelog. */
const FORMAT_VERSION = 1;

/** Findings for machines: `{version, diagnostics}`, each as {@link Diagnostic}. */
export function jsonDiagnostics(diagnostics: readonly Diagnostic[], extra: object = {}): string {
  return `${visibleJson({ version: FORMAT_VERSION, ...extra, diagnostics }, 2)}\n`;
}
