import type { Diagnostic } from "./diagnostic";
import { documentationOf } from "./documentation";

/** Version of the form below; a new one is announced in the changelog. */
const FORMAT_VERSION = 1;

/** Findings for machines: `{version, diagnostics}`, each as {@link Diagnostic} and with the page that explains it. */
export function jsonDiagnostics(diagnostics: readonly Diagnostic[], extra: object = {}): string {
  const explained = diagnostics.map((each) => ({
    ...each,
    documentation: documentationOf(each.rule),
  }));
  const value = { version: FORMAT_VERSION, ...extra, diagnostics: explained };
  return `${JSON.stringify(value, null, 2)}\n`;
}
