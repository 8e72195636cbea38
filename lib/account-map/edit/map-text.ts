import { isMap, isPair, isSeq } from "yaml";
import type { Node, Pair } from "yaml";
import type { Diagnostic } from "../../diagnostics/diagnostic";
import { Lines } from "../../source/lines";
import type { Path } from "../../source/source";
import { parseYaml } from "../../source/yaml/yaml-parse";
import { readYaml } from "../../source/yaml/yaml-source";
import { YamlTree } from "../../source/yaml/yaml-tree";
import type { Place } from "../../source/yaml/yaml-tree";
import { readValue } from "../../source/yaml/yaml-value";

/** The text of a map with its nodes: what edits look up offsets in. */
export class MapText {
  readonly file: string;
  readonly text: string;
  readonly value: unknown;
  readonly tree: YamlTree;
  #lines?: Lines;

  private constructor(file: string, text: string, value: unknown, tree: YamlTree) {
    this.file = file;
    this.text = text;
    this.value = value;
    this.tree = tree;
  }

  /** Reads a text; one that is not sound YAML is not edited. */
  static read(file: string, text: string): MapText | { readonly problems: readonly Diagnostic[] } {
    const result = parseYaml(text);
    if (!("refused" in result) && result.parsed.secondDocument === undefined) {
      const { contents, errors } = result.parsed.document;
      let sound = errors.length === 0;
      const { value, targets } = readValue(contents, () => {
        sound = false;
      });
      if (sound) return new MapText(file, text, value, new YamlTree(contents, targets));
    }
    return { problems: readYaml(file, text).diagnostics };
  }

  get root(): Node | null {
    return this.tree.root;
  }

  /** The lines of the text, counted when they are first asked for. */
  get lines(): Lines {
    return (this.#lines ??= new Lines(this.text));
  }

  /** Where the value at a path is, or nothing where there is none. */
  find(path: Path): Place | undefined {
    const way = this.tree.way(path);
    return way.length === path.length ? way.at(-1) : undefined;
  }
}

/** The offset behind the last character of a node that is no comment, line break or blank; for nothing, undefined. */
export function contentEnd(node: Node | null): number | undefined {
  if (node === null) return undefined;
  if ((isMap(node) || isSeq(node)) && node.flow !== true) {
    const last = node.items.at(-1);
    const end = isPair(last) ? pairEnd(last) : contentEnd((last ?? null) as Node | null);
    return end ?? node.range?.[1];
  }
  return node.range?.[1];
}

/** The offset behind the last character of a key and its value. */
export function pairEnd(pair: Pair): number {
  const key = pair.key as Node;
  const value = pair.value as Node | null;
  return Math.max(contentEnd(value) ?? 0, key.range?.[1] ?? 0);
}
