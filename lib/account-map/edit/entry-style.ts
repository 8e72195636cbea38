import { isMap, isScalar } from "yaml";
import type { Node, Pair, YAMLMap } from "yaml";
import type { NewValue } from "./change";
import { indentStep, lineStart } from "./layout";
import type { MapText } from "./map-text";
import { flowText, scalarText } from "./scalar-text";
import type { Quoting } from "./scalar-text";
import { keyOf } from "../../source/yaml/yaml-value";

/** How an entry in a map is written, so that it looks like its neighbours. */
export interface EntryStyle {
  /** Whether a map as its value takes lines of its own. */
  readonly block: boolean;
  /** Whether maps within that take lines of their own. */
  readonly nestedBlock: boolean;
  /** Longest map of texts that stays on its line, characters. @default - none does where others take lines */
  readonly mostInline?: number;
  /** Blanks that each level adds. */
  readonly step: number;
  readonly keys: Quoting;
  readonly texts: Quoting;
  /** Account ids are quoted, because YAML would read numbers. */
  readonly ids: Quoting;
  /** What stands within braces. */
  readonly padding: string;
}

/** The style of entries that take lines of their own, except for what is short. */
export const IN_LINES = { block: true, nestedBlock: true, mostInline: 60 } as const;

/** Most neighbours that are looked at. */
const MOST_NEIGHBOURS = 50;

/** The style of the entries in a map around one of them; of the whole file where it has none. */
export function entryStyle(map: MapText, siblings: readonly Pair[], near: number): EntryStyle {
  const from = Math.max(0, near - MOST_NEIGHBOURS);
  // The nearest first, those before it before those behind it.
  const neighbours = [
    ...siblings.slice(from, near + 1).reverse(),
    ...siblings.slice(near + 1, near + 1 + MOST_NEIGHBOURS),
  ];
  const maps = neighbours.flatMap(({ value }) => (isMap(value) ? [value] : []));
  const fields = maps.flatMap((each) => each.items);
  const nested = [...fields, ...neighbours].flatMap(({ key, value }) =>
    isMap(value) && isScalar(key) && NESTED.has(String(key.value)) ? [value] : [],
  );
  const filled = maps.find(({ items }) => items.length > 0);
  const block = filled?.flow !== true;
  const quotes = quotesOf([...fields, ...neighbours]) ?? quotesOfFile(map);
  const plainKeys = !isQuoted(neighbours[0]?.key);
  return {
    block,
    nestedBlock: block && nested[0] !== undefined && nested[0].flow !== true,
    step:
      (filled === undefined || !block ? undefined : stepOf(map, neighbours, filled)) ??
      indentStep(map),
    keys: { plain: plainKeys, quotes },
    texts: { plain: textsArePlain(fields.length > 0 ? fields : neighbours) ?? plainKeys, quotes },
    ids: {
      plain: false,
      quotes: quotesOf(fields.filter((pair) => keyOf(pair) === "id")) ?? quotes,
    },
    padding: paddingOf(map, [...maps, ...nested]),
  };
}

/** Fields of entries that are maps of texts. */
const NESTED: ReadonlySet<string> = new Set(["tags", "parameters"]);

/** The lines of an entry, without line breaks; the first begins with its key. */
export function entryLinesOf(
  key: string,
  value: NewValue,
  style: EntryStyle,
  indent: number,
): string[] {
  const blanks = " ".repeat(indent);
  const head = `${blanks}${scalarText(key, style.keys)}:`;
  if (style.block && holdsMaps(value)) {
    return [head, ...value.flatMap((item) => itemLines(item, style, indent + style.step))];
  }
  const pairs = typeof value === "object" && !Array.isArray(value) ? Object.entries(value) : [];
  const flat = pairs.every(([, each]) => typeof each !== "object" || Array.isArray(each));
  const short =
    flat && indent > style.step && inline(key, value, style).length <= (style.mostInline ?? 0);
  if (!style.block || pairs.length === 0 || short) {
    return [`${head} ${inline(key, value, style)}`];
  }
  // Below a section each entry has its lines, whatever those are like that nest deeper.
  const below = { ...style, block: style.nestedBlock || indent === 0 };
  return [
    head,
    ...pairs.flatMap(([name, each]) => entryLinesOf(name, each, below, indent + style.step)),
  ];
}

/** Whether a value is a list of maps, and not of texts alone. */
function holdsMaps(value: NewValue): value is readonly NewValue[] {
  return (
    Array.isArray(value) &&
    (value as readonly NewValue[]).some((item) => typeof item === "object" && !Array.isArray(item))
  );
}

/** The lines of an item of a list, the first with its hyphen. */
function itemLines(item: NewValue, style: EntryStyle, indent: number): string[] {
  const blanks = " ".repeat(indent);
  const written = inline("", item, style);
  const pairs = typeof item === "object" && !Array.isArray(item) ? Object.entries(item) : [];
  const flat = pairs.every(([, each]) => typeof each !== "object" || Array.isArray(each));
  if (flat && written.length <= (style.mostInline ?? 0)) return [`${blanks}- ${written}`];
  const lines = pairs.flatMap(([name, each]) => entryLinesOf(name, each, style, indent + 2));
  return lines.length === 0
    ? [`${blanks}- ${written}`]
    : lines.map((line, index) => (index === 0 ? `${blanks}- ${line.trimStart()}` : line));
}

/** An entry on one line, as it stands within braces. */
export function entryInline(key: string, value: NewValue, style: EntryStyle): string {
  return `${scalarText(key, style.keys)}: ${inline(key, value, style)}`;
}

function inline(key: string, value: NewValue, style: EntryStyle): string {
  if (key === "id") return flowText(value, style.ids, style.padding);
  if (typeof value !== "object" || Array.isArray(value)) {
    return flowText(value, style.texts, style.padding);
  }
  const pairs = Object.entries(value).map(([name, each]) => entryInline(name, each, style));
  return pairs.length === 0 ? "{}" : `{${style.padding}${pairs.join(", ")}${style.padding}}`;
}

function stepOf(map: MapText, neighbours: readonly Pair[], filled: YAMLMap): number | undefined {
  const pair = neighbours.find(({ value }) => value === filled);
  const [keyStart] = (pair?.key as Node | undefined)?.range ?? [];
  const [first] = (filled.items[0]?.key as Node | undefined)?.range ?? [];
  if (keyStart === undefined || first === undefined) return undefined;
  const step = first - lineStart(map.text, first) - (keyStart - lineStart(map.text, keyStart));
  return step > 0 ? step : undefined;
}

function isQuoted(node: unknown): boolean {
  return isScalar(node) && (node.type === "QUOTE_SINGLE" || node.type === "QUOTE_DOUBLE");
}

/** Whether texts that need no quotes have none; ids and texts such as `"true"` need them. @default - it does not show */
function textsArePlain(pairs: readonly Pair[]): boolean | undefined {
  const texts = pairs.filter(
    ({ value }) =>
      isScalar(value) &&
      typeof value.value === "string" &&
      scalarText(value.value, { plain: true, quotes: "double" }) === value.value,
  );
  return texts.length === 0 ? undefined : !texts.every(({ value }) => isQuoted(value));
}

/** The quotes of the first text that has some. */
function quotesOf(pairs: readonly Pair[]): Quoting["quotes"] | undefined {
  const quoted = pairs.flatMap(({ key, value }) => [value, key]).find(isQuoted);
  if (!isScalar(quoted)) return undefined;
  return quoted.type === "QUOTE_SINGLE" ? "single" : "double";
}

/** The quotes of the first accounts. @default double */
function quotesOfFile(map: MapText): Quoting["quotes"] {
  const accounts = map.find(["accounts"])?.node;
  const pairs = isMap(accounts) ? accounts.items.slice(0, MOST_NEIGHBOURS) : [];
  const fields = pairs.flatMap(({ value }) => (isMap(value) ? value.items : []));
  return quotesOf(fields) ?? "double";
}

function paddingOf({ text }: MapText, maps: readonly YAMLMap[]): string {
  const flow = maps.find((each) => each.flow === true && each.items.length > 0);
  const [start] = flow?.range ?? [];
  return start !== undefined && /\S/.test(text.charAt(start + 1)) ? "" : " ";
}
