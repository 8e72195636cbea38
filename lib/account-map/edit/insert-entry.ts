import { isMap } from "yaml";
import type { Node, Pair, YAMLMap } from "yaml";
import { keyOf } from "../../source/yaml/yaml-value";
import type { NewValue } from "./change";
import { commaAfter } from "./flow-comma";
import { entryInline, entryLinesOf, entryStyle, IN_LINES } from "./entry-style";
import { entryLines, indentStep, lineBreak, lineEnd, lineStart } from "./layout";
import { pairEnd } from "./map-text";
import type { MapText } from "./map-text";
import type { Splice } from "./splice";

/** A key and a value that are put into a map. */
export interface NewEntry {
  readonly key: string;
  readonly value: NewValue;
  /** Keys of the map behind the last of which it is put. @default - at the end */
  readonly after?: readonly string[];
  /** The maps next to that which it is put into, which show how its value is written. @default - the map itself does */
  readonly cousins?: readonly Pair[];
  /** Whether what is long takes lines of its own, whatever its neighbours are like. @default false */
  readonly inLines?: true;
}

/** Puts an entry into a map that has some; nothing where the text around it leaves no place. */
export function insertEntry(map: MapText, node: YAMLMap, entry: NewEntry): Splice[] | undefined {
  const siblings = node.items;
  const place = placeAmong(siblings, entry.after);
  const pair = siblings[place];
  if (pair === undefined) return undefined;
  return node.flow === true
    ? insertFlow(map, siblings, place, entry)
    : insertLines(map, siblings, place, pair, entry);
}

/** Puts the first entry into a map that says `{}`, or nothing at all. */
export function fillEmptyMap(
  map: MapText,
  parent: Pair,
  entry: NewEntry,
  siblings: { readonly pairs: readonly Pair[]; readonly inBraces: boolean },
): Splice[] | undefined {
  const { text } = map;
  const node = parent.value as Node | null;
  const [keyStart = 0, keyEnd = 0] = (parent.key as Node).range ?? [];
  const colon = text.indexOf(":", keyEnd) + 1;
  const [from = colon, to = from] = node?.range ?? [];
  // Nothing stands where its comments end.
  const [start, end] = from === to ? [colon, colon] : [from, to];
  if (/\S/.test(text.slice(start + 1, Math.max(start + 1, end - 1)))) return undefined;
  const style = entryStyle(map, siblings.pairs, siblings.pairs.length - 1);
  if (siblings.inBraces) {
    const { padding } = style;
    const gap = /\s/.test(text.charAt(start - 1)) ? "" : " ";
    const item = entryInline(entry.key, entry.value, style);
    return [{ start, end, text: `${gap}{${padding}${item}${padding}}` }];
  }
  const at = lineEnd(text, end);
  if (!/^[ \t]*(?:#.*)?$/.test(text.slice(end, at))) return undefined;
  const step = indentStep(map);
  const indent = keyStart - lineStart(text, keyStart) + step;
  const wanted = { ...style, block: true, step, ...(entry.inLines === true ? IN_LINES : {}) };
  const lines = entryLinesOf(entry.key, entry.value, wanted, indent);
  const broken = lines.map((line) => `${lineBreak(text, end)}${line}`).join("");
  const blanks = text.slice(0, start).length - text.slice(0, start).trimEnd().length;
  return [
    { start: start - blanks, end, text: "" },
    { start: at, end: at, text: broken },
  ];
}

function placeAmong(siblings: readonly Pair[], after: readonly string[] | undefined): number {
  if (after === undefined) return siblings.length - 1;
  const wanted = new Set(after);
  const place = siblings.findLastIndex((pair) => wanted.has(keyOf(pair)));
  return place < 0 ? siblings.length - 1 : place;
}

function insertLines(
  map: MapText,
  siblings: readonly Pair[],
  place: number,
  pair: Pair,
  { key, value, cousins, inLines }: NewEntry,
): Splice[] | undefined {
  const { text } = map;
  const lines = entryLines(map, pair);
  if (lines === undefined) return undefined;
  const eol = lineBreak(text, lines.start);
  const own = entryStyle(map, siblings, place);
  const shown =
    cousins === undefined
      ? own
      : entryStyle(
          map,
          cousins,
          cousins.findIndex(
            (each) => each.value !== null && isMap(each.value) && each.value.items.includes(pair),
          ),
        );
  const near =
    cousins === undefined ? own : { ...own, block: shown.nestedBlock, padding: shown.padding };
  const style = inLines === true ? { ...near, ...IN_LINES } : near;
  const written = entryLinesOf(key, value, style, lines.indent);
  if (areSpaced(map, siblings, place)) written.unshift("");
  const open = lines.end > 0 && text[lines.end - 1] !== "\n";
  const broken = written.map((line) => (open ? `${eol}${line}` : `${line}${eol}`)).join("");
  return [{ start: lines.end, end: lines.end, text: broken }];
}

/** Whether a blank line stands between the entries around a place. */
function areSpaced({ text }: MapText, siblings: readonly Pair[], place: number): boolean {
  const near = siblings.slice(Math.max(0, place - 3), place + 4);
  return (
    near.length > 1 &&
    near.slice(1).every((pair, index) => {
      const before = near[index];
      const [start = 0] = (pair.key as Node).range ?? [];
      return before !== undefined && /\n[ \t]*\r?\n/.test(text.slice(pairEnd(before) - 1, start));
    })
  );
}

function insertFlow(
  map: MapText,
  siblings: readonly Pair[],
  place: number,
  { key, value }: NewEntry,
): Splice[] | undefined {
  const { text } = map;
  const pair = siblings[place];
  if (pair === undefined) return undefined;
  const item = entryInline(key, value, entryStyle(map, siblings, place));
  const end = pairEnd(pair);
  const comma = commaAfter(text, end);
  const [keyStart = 0] = (pair.key as Node).range ?? [];
  const indent = text.slice(lineStart(text, keyStart), keyStart);
  const behind = (comma ?? end - 1) + 1;
  const at = lineEnd(text, behind);
  const alone = indent.trim() === "" && /^[ \t]*(?:#.*)?$/.test(text.slice(behind, at));
  if (alone && (comma === undefined || text.slice(end, comma).trim() === "")) {
    const eol = lineBreak(text, keyStart);
    return comma === undefined
      ? [
          { start: end, end, text: "," },
          { start: at, end: at, text: `${eol}${indent}${item}` },
        ]
      : [{ start: at, end: at, text: `${eol}${indent}${item},` }];
  }
  return [{ start: end, end, text: `, ${item}` }];
}
