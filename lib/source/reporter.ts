import { nearest } from "../diagnostics/nearest";
import type { Diagnostic, RelatedPlace, Severity } from "../diagnostics/diagnostic";
import { Unread } from "./unread";
import type { Path, YamlSource } from "./yaml/yaml-source";

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

/** Most findings about one map; nobody reads more, and a hostile file must not fill the memory with them. */
const MOST_FINDINGS = 10_000;
/** Most names that mistyped ones are compared with: a large map with everything wrong still ends soon. */
const MOST_COMPARISONS = 5_000_000;

/** Collects findings about a map, each at the line of the path that it names. */
export class Reporter {
  readonly diagnostics: Diagnostic[] = [];
  /** Entries of the map that have findings of their own and could not be read. */
  readonly unread = new Unread();
  #comparisons = 0;
  readonly #source: Pick<YamlSource, "file" | "locate" | "locateKey">;

  constructor(source: Pick<YamlSource, "file" | "locate" | "locateKey">) {
    this.#source = source;
  }

  /** Adds a finding at a path of the map. */
  report(path: Path, finding: Finding): void {
    const { file } = this.#source;
    if (this.diagnostics.length > MOST_FINDINGS) return;
    if (this.diagnostics.length === MOST_FINDINGS) {
      const message = `there are more than ${MOST_FINDINGS} findings, the others are not listed`;
      this.diagnostics.push({ severity: "error", rule: "file-size", file, message });
      return;
    }
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
  /** The name that was meant by a mistyped one, as long as there is time to look for it. */
  meant(
    name: string,
    known: ReadonlyMap<string, unknown>,
    unread: ReadonlySet<string>,
  ): string | undefined {
    this.#comparisons += known.size + unread.size;
    if (this.#comparisons > MOST_COMPARISONS) return undefined;
    return nearest(name, [...known.keys(), ...unread]);
  }
}
