import { isMap, isScalar } from "yaml";
import type { Node } from "yaml";
import type { Diagnostic, Span } from "../../diagnostics/diagnostic";
import { Lines } from "../lines";
import type { Path, Source } from "../source";
import { parseYaml } from "./yaml-parse";
import type { YamlProblem } from "./yaml-parse";
import { syntaxProblems } from "./yaml-syntax";
import type { ReadTag } from "./tagged-value";
import { YamlTree } from "./yaml-tree";
import { readValue } from "./yaml-value";
import type { YamlValue } from "./yaml-value";

/** A YAML file as plain values, with the place of each. */
export interface YamlSource extends Source {
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
  const lines = new Lines(text);
  if ("refused" in result) return { diagnostics: [diagnosticOf(file, result.refused, lines)] };
  const { parsed } = result;
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
  const diagnostics = problems.map((problem) => diagnosticOf(file, problem, lines));
  if (!usable || value === undefined) return { diagnostics };
  const tree = new YamlTree(parsed.document.contents, value.targets);
  return { source: { file, text, value: value.value, ...placesIn(tree, lines) }, diagnostics };
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

function diagnosticOf(file: string, problem: YamlProblem, lines: Lines): Diagnostic {
  const { rule, start, end, message, help, related } = problem;
  return {
    severity: "error",
    rule,
    file,
    span: lines.spanOf(start, end),
    message,
    ...(help === undefined ? {} : { help }),
    ...(related === undefined
      ? {}
      : {
          related: [
            { file, span: lines.spanOf(related.start, related.end), message: related.message },
          ],
        }),
  };
}

function placesIn(
  tree: YamlTree,
  lines: Lines,
): Pick<YamlSource, "locate" | "locateKey" | "typed"> {
  function find(path: Path): { node: Node | null; key: Node | undefined; complete: boolean } {
    const way = tree.way(path);
    const last = way.at(-1);
    return {
      node: last === undefined ? tree.root : last.node,
      key: last?.pair?.key as Node | undefined,
      complete: way.length === path.length,
    };
  }
  const spanOf = (node: Node | null | undefined): Span | undefined =>
    node?.range ? lines.spanOf(node.range[0], node.range[1]) : undefined;
  const top = lines.spanOf(0, 0);
  return {
    locate(path) {
      const { node, key, complete } = find(path);
      const span = isMap(node) && path.length > 0 ? undefined : spanOf(node);
      return (complete ? span : undefined) ?? spanOf(key) ?? spanOf(node) ?? top;
    },
    locateKey(path) {
      const { node, key } = find(path);
      return spanOf(key) ?? spanOf(node) ?? top;
    },
    typed(path) {
      const { node, complete } = find(path);
      const scalar = tree.resolve(node);
      return complete && isScalar(scalar) ? scalar.source : undefined;
    },
  };
}
