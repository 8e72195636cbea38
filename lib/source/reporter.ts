import type { Diagnostic } from "../diagnostics/diagnostic";
import { nearest } from "../diagnostics/nearest";
import { findingAt } from "./finding";
import type { Finding, Places } from "./finding";
import type { Path } from "./source";
import { Unread } from "./unread";

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
  readonly #source: Places;

  constructor(source: Places) {
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
    this.diagnostics.push(findingAt(this.#source, path, finding));
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
