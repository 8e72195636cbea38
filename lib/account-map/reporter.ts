import type { Diagnostic, RelatedPlace, Severity } from "../diagnostics/diagnostic";
import type { Path, YamlSource } from "./yaml-source";

/** What a finding about the map says, without its place. */
export interface Finding {
  readonly rule: string;
  readonly message: string;
  /** @default - the message says it all */
  readonly help?: string;
  /** @default "error" */
  readonly severity?: Severity;
  /** Point at the key instead of the value. @default false */
  readonly atKey?: boolean;
  /** A second place in the map. @default - none */
  readonly related?: { readonly path: Path; readonly message: string };
}

/** Collects findings about a map, each at the line of the path that it names. */
export class Reporter {
  readonly diagnostics: Diagnostic[] = [];
  readonly #source: Pick<YamlSource, "file" | "locate" | "locateKey">;

  constructor(source: Pick<YamlSource, "file" | "locate" | "locateKey">) {
    this.#source = source;
  }

  /** Adds a finding at a path of the map. */
  report(path: Path, finding: Finding): void {
    const { file } = this.#source;
    const related: RelatedPlace[] = [];
    if (finding.related !== undefined) {
      const span = this.#source.locateKey(finding.related.path);
      related.push({ file, span, message: finding.related.message });
    }
    this.diagnostics.push({
      severity: finding.severity ?? "error",
      rule: finding.rule,
      file,
      span: finding.atKey === true ? this.#source.locateKey(path) : this.#source.locate(path),
      message: finding.message,
      ...(finding.help === undefined ? {} : { help: finding.help }),
      ...(related.length === 0 ? {} : { related }),
    });
  }
}
