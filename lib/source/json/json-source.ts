import { createScanner, parseTree, printParseErrorCode } from "jsonc-parser";
import type { Node, ParseError } from "jsonc-parser";
import type { Diagnostic, Span } from "../../diagnostics/diagnostic";
import { Lines } from "../lines";
import type { Path, Source } from "../source";

/** A JSON text as a value, with the place of each part. Of two equal keys, the last one counts. */
export interface JsonSource extends Source {
  /** The text as a tree; offsets count from 0. */
  readonly root: Node;
  /** The place of some characters of the text. */
  spanOf(offset: number, length: number): Span;
}

/** Deepest nesting that is parsed: twice what the grammar of policies can use. */
const MAX_DEPTH = 16;

/**
 * Reads a JSON text: standard JSON, without comments or commas at the end. Of several syntax errors the
 * first is reported, the others usually follow from it. The caller limits the size.
 */
export function readJson(
  file: string,
  text: string,
): { readonly source?: JsonSource; readonly diagnostics: readonly Diagnostic[] } {
  const lines = new Lines(text);
  const result = parseJson(text);
  if ("refused" in result) {
    const { rule, offset, length, message } = result.refused;
    const span = lines.spanOf(offset, offset + length);
    return { diagnostics: [{ severity: "error", rule, file, span, message }] };
  }
  const { value, root } = result;
  return { source: { file, text, value, root, ...placesIn(root, lines) }, diagnostics: [] };
}

/** What is wrong with a JSON text, at some of its characters. */
export interface JsonProblem {
  readonly rule: "json-syntax" | "nesting";
  readonly offset: number;
  readonly length: number;
  readonly message: string;
}

/** Parses a JSON text within a bound of depth. */
export function parseJson(
  text: string,
): { readonly value: unknown; readonly root: Node } | { readonly refused: JsonProblem } {
  const { deep, end } = scanBrackets(text);
  if (deep !== undefined) {
    const message = `lists and objects are nested more than ${MAX_DEPTH} deep`;
    return { refused: { rule: "nesting", offset: deep, length: 1, message } };
  }
  const errors: ParseError[] = [];
  const root = parseTree(text.slice(0, end), errors, {
    disallowComments: true,
    allowTrailingComma: false,
    allowEmptyContent: false,
  });
  const [first] = errors;
  if (first !== undefined || root === undefined) {
    const { offset = 0, length = 0 } = first ?? {};
    const expected = first === undefined ? "a value" : expectation(first);
    const got = length === 0 ? "the end of the text" : quote(text.slice(offset, offset + length));
    const message = `not valid JSON: ${expected}, got ${got}`;
    return { refused: { rule: "json-syntax", offset, length, message } };
  }
  return { value: JSON.parse(text), root };
}

/**
 * Finds where nesting gets too deep and where brackets cease to pair, without recursion: what is parsed
 * afterwards ends there, so that the parser, which recurses, never goes deeper.
 */
function scanBrackets(text: string): { readonly deep?: number; readonly end: number } {
  const scanner = createScanner(text, true);
  const open: string[] = [];
  while (scanner.getPosition() < text.length) {
    const token = scanner.scan();
    const closing = CLOSING.get(token);
    if (closing !== undefined) {
      open.push(closing);
      if (open.length > MAX_DEPTH) return { deep: scanner.getTokenOffset(), end: 0 };
    } else if (CLOSERS.has(token)) {
      const end = scanner.getTokenOffset() + 1;
      if (open.pop() !== text.slice(end - 1, end)) return { end };
    }
  }
  return { end: text.length };
}

// Kinds of tokens; the library declares them as a const enum, which is not there at run time.
export const CLOSING: ReadonlyMap<number, string> = new Map([
  [1, "}"],
  [3, "]"],
]);
export const CLOSERS: ReadonlySet<number> = new Set([2, 4]);

function expectation(error: ParseError): string {
  const name = printParseErrorCode(error.error);
  return EXPECTATIONS[name] ?? "JSON";
}

const EXPECTATIONS: Readonly<Record<string, string>> = {
  InvalidSymbol: "expected a string, a number, `true`, `false`, `null`, `{` or `[`",
  InvalidNumberFormat: "expected a number as JSON writes it",
  PropertyNameExpected: "expected a key in double quotes",
  ValueExpected: "expected a value",
  ColonExpected: "expected a colon after the key",
  CommaExpected: "expected a comma or a closing bracket",
  CloseBraceExpected: "expected `}`",
  CloseBracketExpected: "expected `]`",
  EndOfFileExpected: "expected nothing after the document",
  InvalidCommentToken: "comments are not allowed",
  UnexpectedEndOfComment: "comments are not allowed",
  UnexpectedEndOfString: "expected a double quote at the end of the string",
  UnexpectedEndOfNumber: "expected a number as JSON writes it",
  InvalidUnicode: "expected four hexadecimal digits after `\\u`",
  InvalidEscapeCharacter: 'expected one of `"\\/bfnrtu` after the backslash',
  InvalidCharacter: "expected control characters in a string to be escaped",
};

function quote(text: string): string {
  const short = text.length > 40 ? `${text.slice(0, 40)}...` : text;
  return `\`${short.replace(/\p{Cc}+/gu, " ")}\``;
}

/**
 * Places of the values of a tree.
 *
 * @param start offset of the tree's text in that of the lines. @default 0
 */
export function placesIn(
  root: Node,
  lines: Lines,
  start = 0,
): Pick<JsonSource, "locate" | "locateKey" | "spanOf"> {
  const spanOf = (offset: number, length: number): Span =>
    lines.spanOf(start + offset, start + offset + length);
  const spanOfNode = (node: Node): Span => spanOf(node.offset, node.length);
  const properties = new Map<Node, ReadonlyMap<string, Node>>();

  function property(object: Node, key: string): Node | undefined {
    let index = properties.get(object);
    if (index === undefined) {
      const entries = (object.children ?? []).map((each): [string, Node] => [keyOf(each), each]);
      index = new Map(entries);
      properties.set(object, index);
    }
    return index.get(key);
  }
  function find(path: Path): { readonly node: Node; readonly key: Node } {
    let node = root;
    let key = root;
    for (const step of path) {
      const found = node.type === "object" ? property(node, String(step)) : undefined;
      const next = node.type === "array" ? node.children?.[Number(step)] : found?.children?.[1];
      if (next === undefined) break;
      key = found?.children?.[0] ?? next;
      node = next;
    }
    return { node, key };
  }
  return {
    spanOf,
    locate: (path) => spanOfNode(find(path).node),
    locateKey: (path) => spanOfNode(find(path).key),
  };
}

/** The key of a property node. */
export function keyOf(property: Node): string {
  return String(property.children?.[0]?.value);
}
