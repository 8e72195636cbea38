import { isAlias, isMap, isPair, isSeq } from "yaml";
import type { Alias, Node, Pair, YAMLMap, YAMLSeq } from "yaml";
import type { Diagnostic } from "../../diagnostics/diagnostic";
import { parseYaml } from "../../source/yaml/yaml-parse";
import { readYaml } from "../../source/yaml/yaml-source";
import type { Path } from "../../source/yaml/yaml-source";
import { isMergeKey, keyOf, readValue } from "../../source/yaml/yaml-value";

/** Where a value of the map is in its text. */
export interface Place {
  /** The map or list that holds it. */
  readonly parent: YAMLMap | YAMLSeq;
  /** Its key and value, in a map. @default - it is an item of a list */
  readonly pair?: Pair;
  readonly node: Node | null;
  /** Whether the way there leads over an alias or a merged key, so that others have the value, too. */
  readonly shared: boolean;
}

/** The text of a map with its nodes: what edits look up offsets in. */
export class MapText {
  readonly file: string;
  readonly text: string;
  readonly value: unknown;
  readonly root: Node | null;
  readonly #targets: ReadonlyMap<Alias, Node>;
  readonly #indexes = new Map<YAMLMap, ReadonlyMap<string, { pair: Pair; merged: boolean }>>();

  private constructor(
    file: string,
    text: string,
    root: Node | null,
    value: unknown,
    targets: ReadonlyMap<Alias, Node>,
  ) {
    this.file = file;
    this.text = text;
    this.value = value;
    this.root = root;
    this.#targets = targets;
  }

  /** Reads a text; one that is not sound YAML is not edited. */
  static read(file: string, text: string): MapText | { readonly problems: readonly Diagnostic[] } {
    const result = parseYaml(text);
    if (!("refused" in result) && result.parsed.secondDocument === undefined) {
      const { document } = result.parsed;
      let sound = document.errors.length === 0;
      const { value, targets } = readValue(document.contents, () => {
        sound = false;
      });
      if (sound) return new MapText(file, text, document.contents, value, targets);
    }
    return { problems: readYaml(file, text).diagnostics };
  }

  /** What an alias stands for; any other node itself. */
  resolve(node: Node | null | undefined): Node | null {
    return (isAlias(node) ? this.#targets.get(node) : node) ?? null;
  }

  /** Where the value at a path stands, or nothing where there is none. */
  find(path: Path): Place | undefined {
    let node: Node | null = this.root;
    let shared = false;
    let place: Place | undefined;
    for (const step of path) {
      shared ||= isAlias(node);
      const parent = this.resolve(node);
      if (isSeq(parent)) {
        const item = parent.items[Number(step)];
        if (item === undefined || isPair(item)) return undefined;
        node = item as Node | null;
        place = { parent, node, shared };
      } else if (isMap(parent)) {
        const found = this.#index(parent).get(String(step));
        if (found === undefined) return undefined;
        shared ||= found.merged;
        node = found.pair.value as Node | null;
        place = { parent, pair: found.pair, node, shared };
      } else return undefined;
    }
    return place;
  }

  /** The line of an offset, counted from 1. */
  lineOf(offset: number): number {
    let line = 1;
    for (let at = this.text.indexOf("\n"); at >= 0 && at < offset; line += 1) {
      at = this.text.indexOf("\n", at + 1);
    }
    return line;
  }

  /** Aliases, with what they stand for. */
  aliases(): ReadonlyMap<Alias, Node> {
    return this.#targets;
  }

  /** Pairs of a map by key: its own, then those merged in. */
  #index(map: YAMLMap): ReadonlyMap<string, { pair: Pair; merged: boolean }> {
    const known = this.#indexes.get(map);
    if (known !== undefined) return known;
    const index = new Map(
      map.items
        .filter((pair) => !isMergeKey(pair))
        .map((pair) => [keyOf(pair), { pair: pair, merged: false }]),
    );
    for (const pair of map.items.filter(isMergeKey)) {
      const merged = this.resolve(pair.value as Node | null);
      for (const source of isSeq(merged) ? (merged.items as Node[]) : [merged]) {
        const from = this.resolve(source);
        if (!isMap(from)) continue;
        for (const [key, own] of this.#index(from)) {
          if (!index.has(key)) index.set(key, { pair: own.pair, merged: true });
        }
      }
    }
    this.#indexes.set(map, index);
    return index;
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
