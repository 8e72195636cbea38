import { isAlias, isMap, isPair, isSeq } from "yaml";
import type { Alias, Node, Pair, YAMLMap, YAMLSeq } from "yaml";
import { isMergeKey, keyOf } from "./yaml-value";

/** Where a value is in the text. */
export interface Place {
  /** The map or list that holds it. */
  readonly parent: YAMLMap | YAMLSeq;
  /** Its key and value, in a map. @default - it is an item of a list */
  readonly pair?: Pair;
  readonly node: Node | null;
  /** Whether the way there leads over an alias or a merged key, so that others have the value, too. */
  readonly shared: boolean;
}

interface OwnOrMerged {
  readonly pair: Pair;
  readonly merged: boolean;
}

/** The nodes of a file, looked up through aliases and merged keys. */
export class YamlTree {
  readonly root: Node | null;
  /** What each alias stands for. */
  readonly targets: ReadonlyMap<Alias, Node>;
  readonly #indexes = new Map<YAMLMap, ReadonlyMap<string, OwnOrMerged>>();

  constructor(root: Node | null, targets: ReadonlyMap<Alias, Node>) {
    this.root = root;
    this.targets = targets;
  }

  /** What an alias stands for; any other node itself. */
  resolve(node: Node | null | undefined): Node | null {
    return (isAlias(node) ? this.targets.get(node) : node) ?? null;
  }

  /** The places on the way to a value, one for each step, as far as there are any. */
  way(path: readonly (string | number)[]): readonly Place[] {
    const places: Place[] = [];
    let node = this.root;
    let shared = false;
    for (const step of path) {
      shared ||= isAlias(node);
      const parent = this.resolve(node);
      if (isSeq(parent)) {
        const item = parent.items[Number(step)];
        if (item === undefined || isPair(item)) break;
        node = item as Node | null;
        places.push({ parent, node, shared });
      } else {
        const found = isMap(parent) ? this.#index(parent).get(String(step)) : undefined;
        if (!isMap(parent) || found === undefined) break;
        shared ||= found.merged;
        node = found.pair.value as Node | null;
        places.push({ parent, pair: found.pair, node, shared });
      }
    }
    return places;
  }

  /** Pairs of a map by key: its own, the last one where a key appears twice, then those merged in. */
  #index(map: YAMLMap): ReadonlyMap<string, OwnOrMerged> {
    const known = this.#indexes.get(map);
    if (known !== undefined) return known;
    const own = map.items.filter((pair) => !isMergeKey(pair));
    const index = new Map(own.map((pair) => [keyOf(pair), { pair, merged: false }]));
    for (const pair of map.items.filter(isMergeKey)) {
      const merged = this.resolve(pair.value as Node | null);
      for (const source of isSeq(merged) ? (merged.items as Node[]) : [merged]) {
        const from = this.resolve(source);
        if (!isMap(from)) continue;
        for (const [key, { pair: inherited }] of this.#index(from)) {
          if (!index.has(key)) index.set(key, { pair: inherited, merged: true });
        }
      }
    }
    this.#indexes.set(map, index);
    return index;
  }
}
