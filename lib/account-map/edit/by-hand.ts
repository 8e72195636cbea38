import { isAlias, isMap, isPair, isSeq } from "yaml";
import type { Node } from "yaml";
import type { Change } from "./change";
import type { MapText } from "./map-text";
import { flowText, scalarText } from "./scalar-text";

/** Why a change cannot be made alone, where an anchor, an alias or a merged key is the reason. */
export function anchorConflict(map: MapText, change: Change): string | undefined {
  for (let length = 1; length <= change.path.length; length += 1) {
    const place = map.find(change.path.slice(0, length));
    if (place === undefined) continue;
    if (isAlias(place.node) && length < change.path.length) {
      return `\`*${place.node.source}\` refers to the anchor \`&${place.node.source}\``;
    }
    if (place.shared) return "its value comes from `<<` or an alias";
    const whole = change.kind === "remove" && length === change.path.length;
    const anchored = usedAnchor(map, place.node, whole);
    if (anchored !== undefined) return anchored;
  }
  return undefined;
}

/** What to type for a change. */
export function byHand(map: MapText, change: Change): string {
  const key = String(change.path.at(-1));
  const holder = change.path.slice(0, -1).join(".");
  const place = map.find(change.path);
  const [start] = ((place?.pair?.key ?? place?.node) as Node | null | undefined)?.range ?? [];
  const line = start === undefined ? "" : ` on line ${map.lines.positionOf(start).line}`;
  switch (change.kind) {
    case "set": {
      const value = flowText(change.value, QUOTING, " ");
      const written = typeof change.path.at(-1) === "number" ? value : `${key}: ${value}`;
      return `write \`${written}\` ${place === undefined || place.shared ? `under \`${holder === "" ? "the top" : holder}\`` : `in its place${line}`}`;
    }
    case "remove":
      return place?.shared === true
        ? `write out what \`${holder}\` gets from \`<<\`, without \`${key}\``
        : `remove \`${key}\` from \`${holder}\`${line}`;
    case "rename-key":
      return `write \`${scalarText(change.to, QUOTING)}:\` in place of \`${key}:\`${line}`;
  }
}

const QUOTING = { plain: true, quotes: "double" } as const;

/** Whether a node, or with `whole` something within it, has an anchor that an alias outside of it uses. */
function usedAnchor(map: MapText, node: Node | null, whole: boolean): string | undefined {
  if (node === null) return undefined;
  const [start = 0, end = start] = node.range ?? [];
  for (const [alias, target] of map.tree.targets) {
    const [at = 0] = alias.range ?? [];
    const inside = at >= start && at < end;
    if (inside || !(target === node || (whole && holds(node, target)))) continue;
    return `\`*${alias.source}\` on line ${map.lines.positionOf(at).line} refers to it, too`;
  }
  return undefined;
}

function holds(node: Node | null, sought: Node): boolean {
  if (node === sought) return true;
  if (isSeq(node)) return node.items.some((item) => holds(item as Node | null, sought));
  return (
    isMap(node) &&
    node.items.some((pair) => isPair(pair) && holds(pair.value as Node | null, sought))
  );
}
