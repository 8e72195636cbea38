import type { Diagnostic, Span } from "../../diagnostics/diagnostic";
import type { Path, YamlSource } from "../../source/yaml/yaml-source";
import { readAccountId } from "./account-id";
import type { OrganizationRule } from "./organization-result";

/** Collects findings about a YAML file of another system, at the lines of the paths that they name. */
export class FileFindings {
  readonly diagnostics: Diagnostic[] = [];
  readonly #source: YamlSource;

  constructor(source: YamlSource) {
    this.#source = source;
  }

  /** Adds a finding at a path of the file. */
  report(path: Path, rule: OrganizationRule, message: string, help?: string): void {
    const { file } = this.#source;
    const span = this.#source.locate(path);
    this.diagnostics.push({
      severity: "error",
      rule,
      file,
      span,
      message,
      ...(help === undefined ? {} : { help }),
    });
  }

  /** The account ID at a path, or `undefined` with a finding if it is not one. */
  accountId(path: Path, value: unknown): string | undefined {
    const read = readAccountId(value, this.#source.typed(path));
    if ("id" in read) return read.id;
    const { rule, message, help } = read.problem;
    this.report(path, rule, message, help);
    return undefined;
  }

  /** The place of a value, for later findings. */
  place(path: Path): { readonly file: string; readonly span: Span } {
    return { file: this.#source.file, span: this.#source.locateKey(path) };
  }
}
