import type { Span } from "../../diagnostics/diagnostic";
import { Reporter } from "../../source/reporter";
import type { Path } from "../../source/source";
import type { YamlSource } from "../../source/yaml/yaml-source";
import { readAccountId } from "./account-id";

/** Collects findings about a YAML file of another system, and reads account IDs in it. */
export class FileFindings extends Reporter {
  readonly #source: YamlSource;

  constructor(source: YamlSource) {
    super(source);
    this.#source = source;
  }

  /** The account ID at a path, or `undefined` with a finding if it is not one. */
  accountId(path: Path, value: unknown): string | undefined {
    const read = readAccountId(value, this.#source.typed(path));
    if ("id" in read) return read.id;
    this.report(path, read.problem);
    return undefined;
  }

  /** The place of a value, for later findings. */
  place(path: Path): { readonly file: string; readonly span: Span } {
    return { file: this.#source.file, span: this.#source.locateKey(path) };
  }
}
