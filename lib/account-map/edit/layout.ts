import { isMap } from "yaml";
import type { Node, Pair } from "yaml";
import { pairEnd } from "./map-text";
import type { MapText } from "./map-text";

/** The lines that an entry of a block map takes: offsets of its first character and behind its last line break. */
export interface EntryLines {
  readonly start: number;
  readonly end: number;
  /** Blanks before its key. */
  readonly indent: number;
}

/** Where the line of an offset begins. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

/** Where the line of an offset ends, before its line break. */
export function lineEnd(text: string, offset: number): number {
  const feed = text.indexOf("\n", offset);
  if (feed < 0) return text.length;
  return feed > offset && text[feed - 1] === "\r" ? feed - 1 : feed;
}

/** Where the line after that of an offset begins, or the end of the text. */
export function nextLine(text: string, offset: number): number {
  const feed = text.indexOf("\n", offset);
  return feed < 0 ? text.length : feed + 1;
}

/** The line break that is used at an offset, else in the whole text. */
export function lineBreak(text: string, offset: number): string {
  const feed = text.indexOf("\n", offset);
  const near = feed < 0 ? text.indexOf("\n") : feed;
  return near > 0 && text[near - 1] === "\r" ? "\r\n" : "\n";
}

/**
 * The lines of an entry of a block map, with the comments that stand deeper than its key; nothing where
 * it shares its first or last line with something else.
 */
export function entryLines({ text }: MapText, pair: Pair): EntryLines | undefined {
  const [keyStart = 0] = (pair.key as Node).range ?? [];
  const start = lineStart(text, keyStart);
  const indent = keyStart - start;
  if (text.slice(start, keyStart).trim() !== "") return undefined;
  const content = pairEnd(pair);
  // A block scalar ends behind its last line break already.
  const closed = text[content - 1] === "\n";
  if (!closed && !/^[ \t]*(?:#.*)?$/.test(text.slice(content, lineEnd(text, content))))
    return undefined;
  const end = closed ? content : nextLine(text, content);
  return {
    start,
    indent,
    end: end + deeperComments(text.slice(end, end + COMMENT_WINDOW), indent),
  };
}

/** Most characters that are searched for comments that belong to an entry. */
const COMMENT_WINDOW = 20_000;

/** The length of the lines of comments that are deeper than an indentation, with blank lines between them. */
function deeperComments(text: string, indent: number): number {
  let length = 0;
  for (const match of text.matchAll(/([ \t]*)([^\n]*)(?:\n|$)/gy)) {
    const [line, blanks = "", rest = ""] = match;
    if (line === "") break;
    const content = rest.trim();
    if (content === "") continue;
    if (!content.startsWith("#") || blanks.length <= indent) break;
    length = match.index + line.length;
  }
  return length;
}

/** Blanks by which the map nests: those before the first nested key, 2 where nothing is nested. */
export function indentStep({ text, root }: MapText): number {
  if (!isMap(root)) return 2;
  for (const pair of root.items) {
    const value = pair.value as Node | null;
    if (!isMap(value) || value.flow === true || value.range === undefined || value.range === null)
      continue;
    return value.range[0] - lineStart(text, value.range[0]) || 2;
  }
  return 2;
}
