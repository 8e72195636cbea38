import type { AccessChange } from "../access-change";

/** The changes that are told to people: a direct way in is told as such, and not once more as a way to a role. */
export function toldChanges(changes: readonly AccessChange[]): readonly AccessChange[] {
  const direct = new Set(
    changes.flatMap((each) =>
      each.kind === "edge" ? [`${each.direction} ${each.from} ${each.to}`] : [],
    ),
  );
  return changes.filter(
    (each) =>
      each.kind !== "reach" ||
      each.via.length > 0 ||
      !direct.has(`${each.direction} ${each.from} ${each.to}`),
  );
}
