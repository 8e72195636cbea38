import type { FindingId } from "../../diagnostics/findings/finding-id";
import { Composer, Lexer, Parser } from "yaml";
import type { CST, Document } from "yaml";

/** Most tokens that are parsed: some 55,000 accounts with their tags. Each takes about 400 bytes. */
const MAX_TOKENS = 3_000_000;
/** Deepest nesting that is parsed; the library recurses, and the map needs 12. */
const MAX_DEPTH = 100;
/** After so many errors the text is not YAML, and more of them tell nothing. */
const MAX_ERRORS = 100;

/** Something wrong with the text of a file, between two offsets. */
export interface YamlProblem {
  readonly rule: FindingId;
  readonly start: number;
  readonly end: number;
  readonly message: string;
  /** @default - the message says it all */
  readonly help?: string;
  /** Offsets of a second place. @default - none */
  readonly related?: { readonly start: number; readonly end: number; readonly message: string };
}

/** A text as a tree of nodes, as far as it could be parsed. */
export interface ParsedYaml {
  readonly document: Document.Parsed;
  /** Where a second document begins. @default - there is one */
  readonly secondDocument?: number;
}

/**
 * Parses a text within bounds of length, tokens and depth, so that a hostile one costs neither much
 * time nor memory; beyond them it is rejected. Errors of syntax are in the document; tags that YAML does
 * not know are errors unless the file's format has such tags.
 */
export function parseYaml(
  text: string,
  { tags = false }: { readonly tags?: boolean } = {},
): { readonly parsed: ParsedYaml } | { readonly refused: YamlProblem } {
  const parser = new Parser();
  const composer = limitErrors(new Composer(OPTIONS), tags);
  const documents: Document.Parsed[] = [];
  let tokens = 0;
  let stray = 0;
  const compose = (parsed: Iterable<CST.Token>): void => {
    for (const token of parsed) {
      if (token.type === "error" || token.type === "directive") stray += 1;
      documents.push(...composer.next(token));
    }
  };
  for (const lexeme of new Lexer().lex(text)) {
    tokens += 1;
    compose(parser.next(lexeme));
    const place = { start: parser.offset, end: parser.offset };
    if (parser.stack.length > MAX_DEPTH + 2) {
      const message = `lists and maps are nested more than ${MAX_DEPTH} deep`;
      return { refused: { rule: "nesting", ...place, message } };
    }
    if (tokens > MAX_TOKENS) {
      const message = `the file has more than ${MAX_TOKENS} tokens, no more are read`;
      return { refused: { rule: "file-size", ...place, message } };
    }
    if (stray > MAX_ERRORS || documents.length > 1) break;
  }
  compose(parser.end());
  documents.push(...composer.end(true, text.length));
  const [document, second] = documents;
  if (document === undefined) throw new Error("the parser gave no document");
  const secondDocument = second === undefined ? {} : { secondDocument: second.range[0] };
  return { parsed: { document, ...secondDocument } };
}

const OPTIONS = {
  // The schema of YAML 1.2 whatever version the file declares: the older one makes dates of texts.
  schema: "core",
  // Neither binary data nor sets: what is not JSON has no meaning in a map.
  resolveKnownTags: false,
  // Quadratic in the library, and done by our own reader.
  uniqueKeys: false,
  stringKeys: true,
} as const;

/**
 * Lets a composer collect only the first errors. Each is an object with a stack trace, and a million
 * of them, which a file of quotes brings about, would take 20 s and 2 GB.
 */
function limitErrors(composer: Composer, tags: boolean): Composer {
  const inner = composer as unknown as { onError: (...error: unknown[]) => void };
  const collect = inner.onError;
  let errors = 0;
  inner.onError = (...error) => {
    if (tags && error[1] === "TAG_RESOLVE_FAILED") return;
    errors += 1;
    if (errors <= MAX_ERRORS) collect(...error);
  };
  return composer;
}
