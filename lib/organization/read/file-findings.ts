import type { Diagnostic } from "../../diagnostics/diagnostic";
import { quoteName } from "../../diagnostics/quote";
import { UnresolvedTag } from "../../source/yaml/tagged-value";
import type { Path } from "../../source/source";
import { readAccountId } from "./account-id";
import type { OrganizationFinding } from "./organization-result";
import type { Place, Template } from "./template";

/** Collects findings about a YAML file of another system, at the lines of the paths that they name. */
export class FileFindings {
  readonly diagnostics: Diagnostic[] = [];
  readonly #template: Template;

  constructor(template: Template) {
    this.#template = template;
  }

  /** Adds a finding at a path of the file. */
  report(path: Path, rule: OrganizationFinding["rule"], message: string, help?: string): void {
    this.#add(this.#template.place(path), rule, message, help);
  }

  /** Adds a finding about a value that an earlier one contradicts. */
  reportSecond(path: Path, first: Path, message: string, help: string): void {
    const related = [{ ...this.#template.place(first), message: "the first one" }];
    this.#add(this.#template.place(path), "organization-account", message, help, related);
  }

  /** The account ID at a path, or `undefined` with a finding if it is not one. Nothing is no ID. */
  accountId(path: Path, value: unknown): string | undefined {
    const known = this.known(path, value);
    if (known === undefined || known === null) return undefined;
    const read = readAccountId(known, this.#template.typed(path));
    if ("id" in read) return read.id;
    const { rule, message, help } = read.problem;
    this.report(path, rule, message, help);
    return undefined;
  }

  /** A value, or `undefined` with a finding if a tag makes it unknown: it never counts as none. */
  known(path: Path, value: unknown): unknown {
    if (!(value instanceof UnresolvedTag)) return value;
    const { tagged, reason } = value;
    const named = typeof tagged.value === "string" ? `${tagged.tag} ${tagged.value}` : tagged.tag;
    const message = `${quoteName(named)} ${reason}, and this value is needed`;
    this.report(path, "organization-file", message, "write the value itself in its place");
    return undefined;
  }

  /** The text at a path, or a number or truth value as one; a finding if it is a list or a map. */
  text(path: Path, value: unknown): string | undefined {
    const known = this.known(path, value);
    if (known === undefined || known === null) return undefined;
    if (typeof known === "string" || typeof known === "number" || typeof known === "boolean") {
      return String(known);
    }
    this.report(path, "organization-file", `${quoteName(String(path.at(-1)))} must be a text`);
    return undefined;
  }

  /** The map at a path, or an empty one; a finding if it is something else. */
  map(path: Path, value: unknown): Readonly<Record<string, unknown>> {
    const known = this.known(path, value) ?? {};
    if (typeof known === "object" && !Array.isArray(known)) {
      return known as Readonly<Record<string, unknown>>;
    }
    const message = `${quoteName(String(path.at(-1)))} must be a map`;
    this.report(path, "organization-file", message);
    return {};
  }

  /** The place of a key, for later findings. */
  place(path: Path): Place {
    return this.#template.keyPlace(path);
  }

  #add(
    { file, span }: Place,
    rule: OrganizationFinding["rule"],
    message: string,
    help?: string,
    related: NonNullable<Diagnostic["related"]> = [],
  ): void {
    this.diagnostics.push({
      severity: "error",
      rule,
      file,
      span,
      message,
      ...(help === undefined ? {} : { help }),
      ...(related.length === 0 ? {} : { related }),
    });
  }
}
