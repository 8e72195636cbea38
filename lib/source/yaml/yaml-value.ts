import { quoteName } from "../../diagnostics/quote";
import { isAlias, isMap, isScalar, isSeq } from "yaml";
import type { Alias, Node, Pair, YAMLMap } from "yaml";
import { UnresolvedTag } from "./tagged-value";
import type { ReadTag } from "./tagged-value";
import type { YamlProblem } from "./yaml-parse";

/** A tree of nodes as plain values. */
export interface YamlValue {
  readonly value: unknown;
  /** What each alias stands for. */
  readonly targets: ReadonlyMap<Alias, Node>;
}

/**
 * How many values aliases may stand for: far more than a map needs, and few enough that lines such as
 * `[*a, *a, *a]` cannot fill the memory or the time of those who walk the values.
 */
const MAX_ALIASED_VALUES = 1_000_000;

/**
 * Turns nodes into plain values: what an alias stands for is shared, keys of `<<` are merged in, and of
 * a key that appears twice the last one counts. What is wrong is reported; then the value must not be
 * used, unless only keys stood twice.
 */
export function readValue(
  root: Node | null,
  report: (problem: YamlProblem) => void,
  readTag?: ReadTag,
): YamlValue {
  const reader = new ValueReader(report, readTag);
  const value = reader.read(root);
  return { value, targets: reader.targets };
}

class ValueReader {
  readonly targets = new Map<Alias, Node>();
  readonly #report: (problem: YamlProblem) => void;
  readonly #readTag: ReadTag | undefined;
  readonly #anchors = new Map<string, Node>();
  /** Values of the nodes with anchors, with how many values they hold; absent while it is read. */
  readonly #anchored = new Map<Node, { readonly value: unknown; readonly size: number }>();
  /** Values so far, those that aliases stand for counted each time. */
  #size = 0;
  #aliasedSize = 0;

  constructor(report: (problem: YamlProblem) => void, readTag: ReadTag | undefined) {
    this.#report = report;
    this.#readTag = readTag;
  }

  read(node: Node | null): unknown {
    this.#size += 1;
    if (node === null) return null;
    if (isAlias(node)) return this.#readAlias(node);
    const { anchor } = node as { anchor?: string };
    if (anchor !== undefined) this.#anchors.set(anchor, node);
    const before = this.#size;
    const own = this.#readOwn(node);
    const { tag } = node;
    const value =
      this.#readTag === undefined || !isOwnTag(tag) ? own : this.#readTag({ tag, value: own });
    if (anchor !== undefined) this.#anchored.set(node, { value, size: this.#size - before + 1 });
    return value;
  }

  #readOwn(node: Node): unknown {
    if (isScalar(node)) return node.value;
    if (isSeq(node)) return node.items.map((item) => this.read(item as Node | null));
    return isMap(node) ? this.#readMap(node) : null;
  }

  #readAlias(alias: Alias): unknown {
    const target = this.#anchors.get(alias.source);
    if (target === undefined) {
      this.#problem(alias, {
        rule: "yaml-alias",
        message: `nothing above has the anchor ${quoteName(`&${alias.source}`)} that this alias refers to`,
        help: `write ${quoteName(`"*${alias.source}"`)} with quotes if the text is meant`,
      });
      return null;
    }
    const anchored = this.#anchored.get(target);
    if (anchored === undefined) {
      this.#problem(alias, {
        rule: "yaml-alias",
        message: `the alias ${quoteName(`*${alias.source}`)} refers to a value that contains it`,
      });
      return null;
    }
    this.targets.set(alias, target);
    this.#size += anchored.size;
    const before = this.#aliasedSize;
    this.#aliasedSize += anchored.size;
    if (this.#aliasedSize <= MAX_ALIASED_VALUES) return anchored.value;
    if (before <= MAX_ALIASED_VALUES) {
      this.#problem(alias, {
        rule: "yaml-alias",
        message: `aliases refer to more than ${MAX_ALIASED_VALUES} values`,
      });
    }
    return {};
  }

  #readMap(map: YAMLMap): unknown {
    const values = new Map<string, unknown>();
    // Most maps have none of either, and large ones are read often.
    let merges: { readonly node: Node; readonly value: unknown }[] | undefined;
    let firsts: ReadonlyMap<string, Node> | undefined;
    for (const pair of map.items) {
      const key = keyOf(pair);
      const value = this.read(pair.value as Node | null);
      if (values.has(key) || (key === "<<" && merges !== undefined)) {
        firsts ??= firstKeys(map);
        this.#reportDuplicate(key, pair.key as Node, firsts.get(key) ?? map);
      }
      if (isMergeKey(pair)) {
        merges ??= [];
        merges.push({ node: (pair.value ?? pair.key) as Node, value });
      } else values.set(key, value);
    }
    for (const { node, value } of merges ?? []) this.#merge(node, value, values);
    return Object.fromEntries(values);
  }

  #merge(node: Node, value: unknown, values: Map<string, unknown>): void {
    const list = this.#resolve(node);
    if (isSeq(list)) {
      for (const [index, item] of list.items.entries()) {
        this.#mergeMap(item as Node, (value as unknown[])[index], values);
      }
    } else this.#mergeMap(node, value, values);
  }

  #mergeMap(node: Node, value: unknown, values: Map<string, unknown>): void {
    const map = this.#resolve(node);
    if (value instanceof UnresolvedTag) {
      const { tagged, reason } = value;
      this.#problem(node, {
        rule: "yaml-syntax",
        message: `${quoteName(tagged.tag)} ${reason}, so the keys that it merges are unknown`,
      });
    } else if (isMap(map) || (isOwnTag(map?.tag) && isMapValue(value))) {
      for (const [key, merged] of Object.entries(value as object)) {
        if (!values.has(key)) values.set(key, merged);
      }
    } else if (map !== undefined) {
      this.#problem(node, {
        rule: "yaml-alias",
        message: "`<<` merges the keys of a map, and this is not a map",
        help: "write `<<: *name` where `&name` is the anchor of a map",
      });
    }
  }

  #resolve(node: Node): Node | undefined {
    return isAlias(node) ? this.targets.get(node) : node;
  }

  #reportDuplicate(key: string, node: Node, earlier: Node): void {
    const [start = 0, end = start] = earlier.range ?? [];
    this.#problem(node, {
      rule: "duplicate-key",
      message: `the key ${quoteName(key)} appears twice in the same map`,
      help: "rename or remove one of them",
      related: { start, end, message: "first defined here" },
    });
  }

  #problem(node: Node, problem: Omit<YamlProblem, "start" | "end">): void {
    const [start = 0, end = start] = node.range ?? [];
    this.#report({ ...problem, start, end });
  }
}

/** Whether a node has a tag of a format of its own, and not one that YAML gives every value. */
function isOwnTag(tag: string | undefined): tag is string {
  return tag?.startsWith("!") === true && tag !== "!";
}

function isMapValue(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Where each key of a map stands first. */
function firstKeys(map: YAMLMap): ReadonlyMap<string, Node> {
  const firsts = new Map<string, Node>();
  for (const pair of map.items) {
    const key = keyOf(pair);
    if (!firsts.has(key)) firsts.set(key, pair.key as Node);
  }
  return firsts;
}

/** The key of a pair; the parser has made sure that it is a text. */
export function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : "";
}

/** Whether a pair is `<<: ...`, which merges maps into the one that it is in. */
export function isMergeKey(pair: Pair): boolean {
  return isScalar(pair.key) && pair.key.value === "<<" && pair.key.type === "PLAIN";
}
