import { isAlias, isMap, isScalar } from "yaml";
import type { Node, Pair } from "yaml";
import type { Change, NewValue } from "./change";
import { entryLinesOf, entryStyle } from "./entry-style";
import { fillEmptyMap, insertEntry } from "./insert-entry";
import { lineBreak } from "./layout";
import type { MapText } from "./map-text";
import { removeEntry } from "./remove-entry";
import { flowText } from "./scalar-text";
import type { Quoting } from "./scalar-text";
import type { Splice } from "./splice";

/** The splices that make a change; nothing where the text around it leaves no place for them. */
export function spliceChange(map: MapText, change: Change): Splice[] | undefined {
  switch (change.kind) {
    case "set":
      return spliceSet(map, change);
    case "remove":
      return spliceRemove(map, change);
    case "rename-key": {
      const pair = map.find(change.path)?.pair;
      return pair === undefined ? undefined : replaceScalar(map, pair.key as Node, change.to);
    }
  }
}

function spliceSet(
  map: MapText,
  { path, value, after, inLines }: Change & { kind: "set" },
): Splice[] | undefined {
  const own = map.find(path);
  const holder = path.slice(0, -1);
  const above = map.find(holder);
  const node = holder.length === 0 ? map.root : (above?.node ?? null);
  // A value that is merged in gives way to one of its own.
  const merged = own?.pair !== undefined && isMap(node) && !node.items.includes(own.pair);
  if (own !== undefined && !merged) return replaceValue(map, own.node, own.pair, value);
  const cousins =
    path.length === 3 && above !== undefined && isMap(above.parent)
      ? { cousins: above.parent.items }
      : {};
  const entry = {
    key: String(path.at(-1)),
    value,
    ...(after === undefined ? {} : { after }),
    ...cousins,
    ...(inLines === undefined ? {} : { inLines }),
  };
  if (isMap(node) && node.items.length > 0) return insertEntry(map, node, entry);
  if (isAlias(node) || (node !== null && !isMap(node) && !isNothing(node))) return undefined;
  if (above === undefined) return holder.length === 0 ? firstEntry(map, entry) : undefined;
  if (above.pair === undefined || !isMap(above.parent)) return undefined;
  const inBraces = above.parent.flow === true || (isMap(node) && holder.length > 1);
  const pairs = above.parent.items;
  return fillEmptyMap(map, above.pair, entry, { pairs: holder.length > 1 ? pairs : [], inBraces });
}

function replaceValue(
  map: MapText,
  node: Node | null,
  pair: Pair | undefined,
  value: NewValue,
): Splice[] | undefined {
  if (node !== null && !isScalar(node) && !isAlias(node)) return undefined;
  if (node !== null && !isNothing(node)) return replaceScalar(map, node, value);
  const [, keyEnd] = (pair?.key as Node | undefined)?.range ?? [];
  if (keyEnd === undefined) return undefined;
  const colon = map.text.indexOf(":", keyEnd) + 1;
  return [{ start: colon, end: colon, text: ` ${flowText(value, QUOTING, " ")}` }];
}

/** How texts are written that no neighbour shows the way for. */
const QUOTING: Quoting = { plain: true, quotes: "double" };

function replaceScalar(map: MapText, node: Node, value: NewValue): Splice[] | undefined {
  const [start, end] = node.range ?? [];
  if (start === undefined || end === undefined) return undefined;
  const type = isScalar(node) ? node.type : undefined;
  const quoting: Quoting =
    type === "QUOTE_SINGLE" || type === "QUOTE_DOUBLE"
      ? { plain: false, quotes: type === "QUOTE_SINGLE" ? "single" : "double" }
      : QUOTING;
  // A block scalar ends with its line.
  const close = map.text[end - 1] === "\n" ? lineBreak(map.text, end - 1) : "";
  return [{ start, end, text: flowText(value, quoting, " ") + close }];
}

function spliceRemove(map: MapText, { path }: Change & { kind: "remove" }): Splice[] | undefined {
  const place = map.find(path);
  const holder = map.find(path.slice(0, -1));
  const parent = path.length === 1 ? map.root : (holder?.node ?? null);
  if (place?.pair === undefined || !isMap(parent) || !parent.items.includes(place.pair)) {
    return undefined;
  }
  return removeEntry(map, parent, place.pair, holder?.pair);
}

/** The first entry of a file that holds nothing but comments. */
function firstEntry(
  map: MapText,
  { key, value }: { key: string; value: NewValue },
): Splice[] | undefined {
  const { text, root } = map;
  if ((root !== null && !isNothing(root)) || /^(?:\.\.\.|%|[^\s#-])/m.test(text)) return undefined;
  const eol = lineBreak(text, 0);
  const style = { ...entryStyle(map, [], 0), block: true };
  const lines = entryLinesOf(key, value, style, 0);
  const open = text !== "" && !text.endsWith("\n");
  const written = lines.map((line) => (open ? `${eol}${line}` : `${line}${eol}`)).join("");
  return [{ start: text.length, end: text.length, text: written }];
}

/** Whether a value was left out: `key:` alone, or `~` and the like. */
function isNothing(node: Node): boolean {
  return isScalar(node) && node.value === null && (node.range?.[0] ?? 0) === (node.range?.[1] ?? 0);
}
