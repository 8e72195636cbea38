import { isMap } from "yaml";
import type { Pair } from "yaml";
import { keyOf } from "../../source/yaml/yaml-value";
import { pairEnd } from "./map-text";
import type { MapText } from "./map-text";

/**
 * The key of the account behind which a new one of a unit is put: the last of the unit where its accounts
 * stand together, the last of their paragraph where they are in one, else nothing: the end.
 */
export function accountInsertionPoint(map: MapText, unit: string): string | undefined {
  const node = map.find(["accounts"])?.node ?? null;
  if (!isMap(node)) return undefined;
  const pairs = node.items;
  const accounts = (map.value as { accounts: Record<string, { unit?: string } | null> }).accounts;
  const places = pairs.flatMap((pair, index) =>
    (accounts[keyOf(pair)]?.unit ?? "/") === unit && keyOf(pair) in accounts ? [index] : [],
  );
  const first = places[0];
  const last = places.at(-1);
  if (first === undefined || last === undefined) return undefined;
  if (last - first + 1 === places.length) return keyAt(pairs, last);
  for (let index = first; index < last; index += 1) {
    if (isParagraphEnd(map, pairs, index)) return undefined;
  }
  let end = last;
  while (end < pairs.length - 1 && !isParagraphEnd(map, pairs, end)) end += 1;
  return keyAt(pairs, end);
}

function keyAt(pairs: readonly Pair[], index: number): string | undefined {
  const pair = pairs[index];
  return pair === undefined ? undefined : keyOf(pair);
}

/** Whether a blank line stands between an account and the next one. */
function isParagraphEnd({ text }: MapText, pairs: readonly Pair[], index: number): boolean {
  const pair = pairs[index];
  const next = pairs[index + 1];
  if (pair === undefined || next === undefined) return true;
  const [start = 0] = (next.key as { range?: readonly number[] }).range ?? [];
  return /\n[ \t]*\r?\n/.test(text.slice(pairEnd(pair) - 1, start));
}
