import type { Span } from "../../diagnostics/diagnostic";
import { readJson } from "../../source/json/json-source";
import type { JsonSource } from "../../source/json/json-source";
import type { Path } from "../../source/source";

/**
 * Finds the place of what a stack says, by its keys from the top. The text is parsed with its places where
 * one is asked for: most stacks have nothing to tell.
 */
export function stackPlaces(file: string, text: string): (path: Path) => Span | undefined {
  let source: JsonSource | undefined;
  let asked = false;
  return (path) => {
    if (!asked) {
      asked = true;
      source = readJson(file, text).source;
    }
    // A key of a list of blocks stands in the first of them.
    return source?.locateKey(inFirstBlocks(source.value, path));
  };
}

/** A path through lists of blocks, which Terraform's JSON allows everywhere. */
function inFirstBlocks(value: unknown, path: Path): Path {
  const [key, ...rest] = path;
  if (key === undefined) return [];
  if (Array.isArray(value) && typeof key === "string") {
    const list = value as readonly unknown[];
    const index = list.findIndex((each) => holds(each, key));
    return index < 0 ? [] : [index, ...inFirstBlocks(list[index], path)];
  }
  if (!holds(value, key)) return [];
  return [key, ...inFirstBlocks((value as Readonly<Record<string, unknown>>)[key], rest)];
}

function holds(value: unknown, key: string | number): boolean {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key);
}
