import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import type { Document, Node, Pair, YAMLMap } from "yaml";
import type { Diagnostic, Span } from "../diagnostics/diagnostic";

/** The way from the top of a file to one of its values. */
export type Path = readonly (string | number)[];

/** A YAML file as plain values, with the place of each. */
export interface YamlSource {
  readonly file: string;
  readonly text: string;
  readonly value: unknown;
  /** Where a value stands; where it is missing, the nearest value above it. */
  locate(path: Path): Span;
  /** Where the key of a value stands; for list items and the top, the value itself. */
  locateKey(path: Path): Span;
  /** A scalar as it was typed, before YAML made a number of it. */
  typed(path: Path): string | undefined;
}

/** Largest file that is parsed, characters: about 50,000 accounts. */
export const MAX_FILE_LENGTH = 8 * 1024 * 1024;
/** Deepest nesting of `[` and `{` that is parsed. */
const MAX_FLOW_DEPTH = 100;
/** How many values aliases may expand to, so that a few lines cannot fill the memory. */
const MAX_ALIAS_EXPANSION = 100_000;

/** Reads YAML text. Findings of errors come instead of a source, never an exception. */
export function readYaml(
  file: string,
  text: string,
): { readonly source?: YamlSource; readonly diagnostics: readonly Diagnostic[] } {
  const refused = refuseHostile(file, text);
  if (refused !== undefined) return { diagnostics: [refused] };

  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    uniqueKeys: false, // quadratic in the library; checked below
    stringKeys: true,
    merge: true,
    prettyErrors: false,
  });
  const spanOf = (start: number, end: number): Span => {
    const from = lines.linePos(start);
    const to = lines.linePos(Math.max(start, end));
    return { start: { line: from.line, column: from.col }, end: { line: to.line, column: to.col } };
  };
  const diagnostics: Diagnostic[] = [...document.errors, ...document.warnings].map((problem) => ({
    severity: "error",
    rule: "yaml-syntax",
    file,
    span: spanOf(problem.pos[0], problem.pos[1]),
    message: `not valid YAML: ${lowerFirst(problem.message)}`,
  }));
  if (diagnostics.length === 0) collectDuplicateKeys(file, document.contents, spanOf, diagnostics);
  if (diagnostics.length > 0) return { diagnostics };

  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: MAX_ALIAS_EXPANSION });
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    const message = `aliases expand to more than ${MAX_ALIAS_EXPANSION} values`;
    return { diagnostics: [{ severity: "error", rule: "file-size", file, message }] };
  }
  return { source: yamlSource(file, text, value, document, spanOf), diagnostics };
}

function refuseHostile(file: string, text: string): Diagnostic | undefined {
  if (text.length > MAX_FILE_LENGTH) {
    const message = `the file has ${text.length} characters, at most ${MAX_FILE_LENGTH} are read`;
    return { severity: "error", rule: "file-size", file, message };
  }
  let depth = 0;
  let line = 1;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 10) line += 1;
    else if (code === 0x5b || code === 0x7b) depth += 1;
    else if ((code === 0x5d || code === 0x7d) && depth > 0) depth -= 1;
    if (depth > MAX_FLOW_DEPTH) {
      const message = `lists and maps are nested more than ${MAX_FLOW_DEPTH} deep`;
      const start = { line, column: 1 };
      return { severity: "error", rule: "nesting", file, span: { start, end: start }, message };
    }
  }
  return undefined;
}

type SpanOf = (start: number, end: number) => Span;

function collectDuplicateKeys(
  file: string,
  root: Node | null,
  spanOf: SpanOf,
  diagnostics: Diagnostic[],
): void {
  const pending: unknown[] = [root];
  while (pending.length > 0) {
    const node = pending.pop();
    if (isSeq(node)) pending.push(...node.items);
    if (!isMap(node)) continue;
    const first = new Map<string, Span>();
    for (const pair of node.items) {
      pending.push(pair.value);
      if (!isScalar(pair.key) || !pair.key.range) continue;
      const key = String(pair.key.value);
      const span = spanOf(pair.key.range[0], pair.key.range[1]);
      const earlier = first.get(key);
      if (earlier === undefined) first.set(key, span);
      else {
        diagnostics.push({
          severity: "error",
          rule: "duplicate-key",
          file,
          span,
          message: `the key \`${key}\` stands twice in the same map`,
          help: `rename or remove one of them; the first is on line ${earlier.start.line}`,
          related: [{ file, span: earlier, message: "first defined here" }],
        });
      }
    }
  }
}

function yamlSource(
  file: string,
  text: string,
  value: unknown,
  document: Document.Parsed,
  spanOf: SpanOf,
): YamlSource {
  const spanOfNode = (node: Node | null | undefined): Span | undefined =>
    node?.range ? spanOf(node.range[0], node.range[1]) : undefined;
  const top = spanOf(0, 0);

  function find(path: Path): { node: Node | null; key: Node | undefined; complete: boolean } {
    let node: Node | null = document.contents;
    let key: Node | undefined;
    for (const step of path) {
      const next = child(document, node, step);
      if (next === undefined) return { node, key, complete: false };
      node = next.value;
      key = next.key;
    }
    return { node, key, complete: true };
  }
  return {
    file,
    text,
    value,
    locate(path) {
      const { node, key, complete } = find(path);
      const span = isMap(node) && path.length > 0 ? undefined : spanOfNode(node);
      return (complete ? span : undefined) ?? spanOfNode(key) ?? spanOfNode(node) ?? top;
    },
    locateKey(path) {
      const { node, key } = find(path);
      return spanOfNode(key) ?? spanOfNode(node) ?? top;
    },
    typed(path) {
      const { node, complete } = find(path);
      return complete && isScalar(node) ? node.source : undefined;
    },
  };
}

interface Child {
  readonly key?: Node;
  readonly value: Node | null;
}

function child(
  document: Document.Parsed,
  parent: Node | null,
  step: string | number,
): Child | undefined {
  const node = isAlias(parent) ? (parent.resolve(document) ?? null) : parent;
  if (isSeq(node)) {
    const item = node.items[Number(step)];
    return item === undefined || isPair(item) ? undefined : { value: item as Node | null };
  }
  if (!isMap(node)) return undefined;
  const own = pairOf(node, String(step));
  if (own !== undefined) return { key: own.key as Node, value: own.value as Node | null };
  const merged = pairOf(node, "<<")?.value as Node | null | undefined;
  for (const source of isSeq(merged) ? (merged.items as Node[]) : [merged ?? null]) {
    const found = child(document, source, step);
    if (found !== undefined) return found;
  }
  return undefined;
}

function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === key);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
