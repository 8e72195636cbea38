import type { Diagnostic, Span } from "../../diagnostics/diagnostic";
import { hasErrors } from "../../diagnostics/diagnostic";
import { UnresolvedTag } from "../../source/yaml/tagged-value";
import type { TaggedValue } from "../../source/yaml/tagged-value";
import { readYaml } from "../../source/yaml/yaml-source";
import type { Path } from "../../source/source";
import type { YamlSource } from "../../source/yaml/yaml-source";

/** Finds a file that another one includes by a name, or says why it cannot be read: "does not exist". */
export type FindIncluded = (
  from: string,
  name: string,
) => { readonly file: string; readonly text: string } | { readonly reason: string };

/** Tags that have a meaning in a format; the value of every other tag is unknown. */
export interface TemplateTags {
  /** Refers to a resource of the template: read as the name of the resource. @default - none */
  readonly reference?: string;
  /** Puts in the content of a file of YAML. */
  readonly include: string;
}

/** A YAML file with what it includes, as plain values with the place of each. */
export interface Template {
  /** What follows an unknown tag, or cannot be included, is an {@link UnresolvedTag}. */
  readonly value: unknown;
  /** Where a value is; if it is missing, the nearest value above it. */
  place(path: Path): Place;
  /** Where the key of a value is. */
  keyPlace(path: Path): Place;
  /** A scalar as it was typed, before YAML made a number of it. */
  typed(path: Path): string | undefined;
}

/** A place in one of the files of a template. */
export interface Place {
  readonly file: string;
  readonly span: Span;
}

/** Deepest chain of files that include each other, and most files of a template. */
const MAX_DEPTH = 10;
const MAX_FILES = 1_000;

/** Reads a template and what it includes. */
export function readTemplate(
  file: string,
  text: string,
  tags: TemplateTags,
  find: FindIncluded,
): { readonly template?: Template; readonly diagnostics: readonly Diagnostic[] } {
  const reader = new TemplateReader(tags, find);
  const source = reader.read(file, text, []);
  const { diagnostics } = reader;
  if (source === undefined || hasErrors(diagnostics)) return { diagnostics };
  const at = (path: Path): { readonly source: YamlSource; readonly path: Path } =>
    reader.origin(source, path);
  return {
    diagnostics,
    template: {
      value: source.value,
      place(path) {
        const { source: own, path: rest } = at(path);
        return { file: own.file, span: own.locate(rest) };
      },
      keyPlace(path) {
        // The key of an included file's whole content is in the file that includes it.
        const { source: own, path: rest } = at(path.slice(0, -1));
        return { file: own.file, span: own.locateKey([...rest, ...path.slice(-1)]) };
      },
      typed(path) {
        const { source: own, path: rest } = at(path);
        return own.typed(rest);
      },
    },
  };
}

class TemplateReader {
  readonly diagnostics: Diagnostic[] = [];
  readonly #tags: TemplateTags;
  readonly #find: FindIncluded;
  readonly #included = new Map<string, YamlSource | undefined>();
  /** Where values come from that were put into another file, whole or by `<<`. */
  readonly #origins = new Map<unknown, { readonly source: YamlSource; readonly path: Path }>();

  constructor(tags: TemplateTags, find: FindIncluded) {
    this.#tags = tags;
    this.#find = find;
  }

  /** @param above - the files that include this one, from the top */
  read(file: string, text: string, above: readonly string[]): YamlSource | undefined {
    const { source, diagnostics } = readYaml(file, text, (tagged) =>
      this.#resolve(tagged, [...above, file]),
    );
    this.diagnostics.push(...diagnostics);
    return source;
  }

  #resolve(tagged: TaggedValue, above: readonly string[]): unknown {
    const { tag, value } = tagged;
    if (tag === this.#tags.reference && typeof value === "string") return value;
    if (tag !== this.#tags.include) return new UnresolvedTag(tagged, "has no value in the file");
    if (typeof value !== "string") {
      return new UnresolvedTag(tagged, "must be followed by the name of a file");
    }
    const found = this.#find(above.at(-1) ?? "", value);
    if ("reason" in found) return new UnresolvedTag(tagged, found.reason);
    const { file, text } = found;
    if (above.includes(file)) return new UnresolvedTag(tagged, "names a file that includes it");
    if (above.length >= MAX_DEPTH) {
      return new UnresolvedTag(tagged, `is more than ${MAX_DEPTH} files deep`);
    }
    if (!this.#included.has(file)) {
      if (this.#included.size >= MAX_FILES) {
        return new UnresolvedTag(tagged, `is one of more than ${MAX_FILES} files`);
      }
      this.#included.set(file, this.read(file, text, above));
    }
    const source = this.#included.get(file);
    if (source === undefined) return new UnresolvedTag(tagged, "names a file with errors");
    this.#remember(source);
    return source.value;
  }

  #remember(source: YamlSource): void {
    const { value } = source;
    if (typeof value !== "object" || value === null || this.#origins.has(value)) return;
    this.#origins.set(value, { source, path: [] });
    for (const [key, inner] of Object.entries(value)) {
      if (typeof inner === "object" && inner !== null && !this.#origins.has(inner)) {
        this.#origins.set(inner, { source, path: [key] });
      }
    }
  }

  /** The file that a value comes from, and its path there. */
  origin(top: YamlSource, path: Path): { readonly source: YamlSource; readonly path: Path } {
    let at: { readonly source: YamlSource; readonly path: Path } = { source: top, path: [] };
    let value = top.value;
    for (const step of path) {
      value =
        typeof value === "object" && value !== null
          ? (value as Readonly<Record<string | number, unknown>>)[step]
          : undefined;
      at = this.#origins.get(value) ?? { source: at.source, path: [...at.path, step] };
    }
    return at;
  }
}
