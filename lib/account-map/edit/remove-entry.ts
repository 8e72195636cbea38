import type { Node, Pair, YAMLMap } from "yaml";
import { commaAfter } from "./flow-comma";
import { entryLines, lineEnd, lineStart, nextLine } from "./layout";
import { pairEnd } from "./map-text";
import type { MapText } from "./map-text";
import type { Splice } from "./splice";

/**
 * Takes an entry out of a map with its lines and the comments within it; comments above it stay. Nothing
 * where the text around it does not let it go without more. `parent` holds the map as its value.
 */
export function removeEntry(
  map: MapText,
  node: YAMLMap,
  pair: Pair,
  parent: Pair | undefined,
): Splice[] | undefined {
  return node.flow === true ? removeItem(map, node, pair) : removeLines(map, node, pair, parent);
}

function removeLines(
  map: MapText,
  node: YAMLMap,
  pair: Pair,
  parent: Pair | undefined,
): Splice[] | undefined {
  const { text } = map;
  const lines = entryLines(map, pair);
  if (lines === undefined) return undefined;
  const { end } = lines;
  let { start } = lines;
  const last = node.items.at(-1) === pair;
  const before = lineStart(text, start - 1);
  const afterBlank = start > 0 && text.slice(before, start).trim() === "";
  const beforeBlank = text.slice(end, nextLine(text, end)).trim() === "";
  // The blank line that set it apart goes with it.
  if (afterBlank && (beforeBlank || last) && node.items.length > 1) start = before;
  // Where the file does not end with a line break, it still does not.
  if (end === text.length && !text.endsWith("\n")) {
    start = Math.max(0, start - (text.slice(0, start).endsWith("\r\n") ? 2 : 1));
  }
  const gone = { start, end, text: "" };
  if (node.items.length > 1) return [gone];
  const [, keyEnd] = (parent?.key as Node | undefined)?.range ?? [];
  if (keyEnd === undefined) return undefined;
  const colon = text.indexOf(":", keyEnd) + 1;
  return [{ start: colon, end: colon, text: " {}" }, gone];
}

function removeItem({ text }: MapText, node: YAMLMap, pair: Pair): Splice[] | undefined {
  const items = node.items;
  const index = items.indexOf(pair);
  const previous = items[index - 1];
  const next = items[index + 1];
  const [keyStart = 0] = (pair.key as Node).range ?? [];
  const end = pairEnd(pair);
  const comma = commaAfter(text, end);
  const line = lineStart(text, keyStart);
  const behind = (comma ?? end - 1) + 1;
  const alone =
    text.slice(line, keyStart).trim() === "" &&
    /^[ \t]*(?:#.*)?$/.test(text.slice(behind, lineEnd(text, behind)));
  if (alone && items.length > 1) {
    const gone = { start: line, end: nextLine(text, behind), text: "" };
    if (comma !== undefined || previous === undefined) return [gone];
    const earlier = commaAfter(text, pairEnd(previous));
    return earlier === undefined || earlier >= line
      ? undefined
      : [{ start: earlier, end: earlier + 1, text: "" }, gone];
  }
  const [open = 0, close = open] = node.range ?? [];
  const [start, stop] =
    previous !== undefined
      ? [pairEnd(previous), end]
      : next !== undefined
        ? [keyStart, ((next.key as Node).range ?? [])[0] ?? end]
        : [open + 1, close - 1];
  const comments = text.slice(start, keyStart) + text.slice(end, Math.max(end, stop));
  return comments.includes("#") ? undefined : [{ start, end: stop, text: "" }];
}
