import { isAlias, isMap, isPair, isScalar, isSeq } from "yaml";
import type { Node, Pair, YAMLMap } from "yaml";
import type { Diagnostic, Span } from "../../diagnostics/diagnostic";
import { parseYaml } from "./yaml-parse";
import type { ParsedYaml, YamlProblem } from "./yaml-parse";
import { syntaxProblems } from "./yaml-syntax";
import type { ReadTag } from "./tagged-value";
import { isMergeKey, keyOf, readValue } from "./yaml-value";
import type { YamlValue } from "./yaml-value";

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

/** Largest file that is parsed, characters. */
export const MAX_FILE_LENGTH = 8 * 1024 * 1024;
/** Most findings about the text of a file; a file with more is not a map. */
const MOST_PROBLEMS = 1000;

/**
 * Reads YAML text. What is wrong with it comes as findings, never as an exception; a source comes with
 * them where its values can still be judged.
 *
 * @param readTag - what tags make of values. @default - tags are errors
 */
export function readYaml(
  file: string,
  text: string,
  readTag?: ReadTag,
): { readonly source?: YamlSource; readonly diagnostics: readonly Diagnostic[] } {
  if (text.length > MAX_FILE_LENGTH) {
    const message = `the file has ${text.length} characters, at most ${MAX_FILE_LENGTH} are read`;
    return { diagnostics: [{ severity: "error", rule: "file-size", file, message }] };
  }
  const result = parseYaml(text, { tags: readTag !== undefined });
  if ("refused" in result) {
    return { diagnostics: [diagnosticOf(file, result.refused, spansOf(result.lines))] };
  }
  const { parsed } = result;
  const spanOf = spansOf(parsed.lines);
  const problems = [...characterProblems(text), ...syntaxProblems(text, parsed.document)];
  if (parsed.secondDocument !== undefined) problems.push(secondDocument(parsed.secondDocument));
  let usable = problems.length === 0;
  let value: YamlValue | undefined;
  if (usable) {
    const report = (problem: YamlProblem): void => {
      usable &&= problem.rule === "duplicate-key";
      if (problems.length < MOST_PROBLEMS) problems.push(problem);
    };
    value = readValue(parsed.document.contents, report, readTag);
  }
  const diagnostics = problems.map((problem) => diagnosticOf(file, problem, spanOf));
  if (!usable || value === undefined) return { diagnostics };
  return { source: yamlSource(file, text, value, parsed, spanOf), diagnostics };
}

// YAML forbids them, the library does not look.
// eslint-disable-next-line no-control-regex -- control characters are what is sought
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/;

function characterProblems(text: string): YamlProblem[] {
  const start = text.search(FORBIDDEN);
  if (start < 0) return [];
  const code = text.charCodeAt(start).toString(16).toUpperCase().padStart(4, "0");
  const message = `the control character U+${code} is not allowed in a YAML file`;
  const help = "remove it; an editor that shows invisible characters finds it";
  return [{ rule: "yaml-syntax", start, end: start + 1, message, help }];
}

function secondDocument(start: number): YamlProblem {
  return {
    rule: "yaml-syntax",
    start,
    end: start + 3,
    message: "a second document begins here; the file must have only one",
    help: "remove the line `---` or `...`, or move what follows into its own file",
  };
}

type SpanOf = (start: number, end: number) => Span;

function spansOf(lines: ParsedYaml["lines"]): SpanOf {
  return (start, end) => {
    const from = lines.linePos(start);
    const to = lines.linePos(Math.max(start, end));
    return { start: { line: from.line, column: from.col }, end: { line: to.line, column: to.col } };
  };
}

function diagnosticOf(file: string, problem: YamlProblem, spanOf: SpanOf): Diagnostic {
  const { rule, start, end, message, help, related } = problem;
  return {
    severity: "error",
    rule,
    file,
    span: spanOf(start, end),
    message,
    ...(help === undefined ? {} : { help }),
    ...(related === undefined
      ? {}
      : {
          related: [{ file, span: spanOf(related.start, related.end), message: related.message }],
        }),
  };
}

function yamlSource(
  file: string,
  text: string,
  { value, targets }: YamlValue,
  { document }: ParsedYaml,
  spanOf: SpanOf,
): YamlSource {
  const indexes = new Map<YAMLMap, ReadonlyMap<string, Pair>>();
  const resolve = (node: Node | null | undefined): Node | null =>
    (isAlias(node) ? targets.get(node) : node) ?? null;

  /** Pairs of a map by key: its own, the last one where a key appears twice, then those merged in. */
  function indexOf(map: YAMLMap): ReadonlyMap<string, Pair> {
    const known = indexes.get(map);
    if (known !== undefined) return known;
    const index = new Map(
      map.items.filter((pair) => !isMergeKey(pair)).map((pair) => [keyOf(pair), pair]),
    );
    for (const pair of map.items.filter(isMergeKey)) {
      const merged = resolve(pair.value as Node | null);
      for (const source of isSeq(merged) ? (merged.items as Node[]) : [merged]) {
        const from = resolve(source);
        if (!isMap(from)) continue;
        for (const [key, own] of indexOf(from)) if (!index.has(key)) index.set(key, own);
      }
    }
    indexes.set(map, index);
    return index;
  }
  function child(parent: Node | null, step: string | number): Child | undefined {
    const node = resolve(parent);
    if (isSeq(node)) {
      const item = node.items[Number(step)];
      return item === undefined || isPair(item) ? undefined : { value: item as Node | null };
    }
    const pair = isMap(node) ? indexOf(node).get(String(step)) : undefined;
    return pair === undefined
      ? undefined
      : { key: pair.key as Node, value: pair.value as Node | null };
  }
  function find(path: Path): { node: Node | null; key: Node | undefined; complete: boolean } {
    let node: Node | null = document.contents;
    let key: Node | undefined;
    for (const step of path) {
      const next = child(node, step);
      if (next === undefined) return { node, key, complete: false };
      node = next.value;
      key = next.key;
    }
    return { node, key, complete: true };
  }
  const spanOfNode = (node: Node | null | undefined): Span | undefined =>
    node?.range ? spanOf(node.range[0], node.range[1]) : undefined;
  const top = spanOf(0, 0);
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
      const scalar = resolve(node);
      return complete && isScalar(scalar) ? scalar.source : undefined;
    },
  };
}

interface Child {
  readonly key?: Node;
  readonly value: Node | null;
}
