import type { Comparison } from "./comparison";
import type { OrganizationDrift } from "./organization-drift";
import { byKey } from "../../values/order";

/**
 * OUs whose IDs the map has at another path than theirs. An OU that moved together with its parent is not
 * reported.
 */
export function movedUnits({ organization, mapOrganization }: Comparison): OrganizationDrift[] {
  if (mapOrganization === undefined || organization.units.every(({ id }) => id === undefined)) {
    return [];
  }
  const drifts: OrganizationDrift[] = [];
  // Units above come before those below them.
  const entries = [...mapOrganization.unitIds].sort(byKey);
  for (const [path, id] of entries) {
    const from = unitAfter(path, drifts);
    const unit = organization.units.find((each) => each.id === id);
    if (unit?.path === from) continue;
    if (unit === undefined) {
      const other = organization.units.find((each) => each.path === from)?.id;
      drifts.push({
        kind: "moved-unit",
        from,
        message: `the OU ${from} has the ID ${id} in the map, and the organization has no OU with that ID`,
        help:
          other === undefined
            ? `remove the line from \`organizations.${mapOrganization.key}.units\``
            : `write ${other} in \`organizations.${mapOrganization.key}.units\`: the OU at that path was created again`,
        edits: [],
      });
    } else {
      drifts.push({
        kind: "moved-unit",
        from,
        to: unit.path,
        message: `the OU ${id} is ${unit.path} now, the map calls it ${from}`,
        edits: [{ kind: "rename-unit", from, to: unit.path }],
      });
    }
  }
  return drifts;
}

/** The path of a unit once the moves are made. */
export function unitAfter(path: string, moves: readonly OrganizationDrift[]): string {
  return moves.reduce((current, move) => {
    if (move.kind !== "moved-unit" || move.to === undefined) return current;
    if (current === move.from) return move.to;
    return current.startsWith(`${move.from}/`)
      ? move.to + current.slice(move.from.length)
      : current;
  }, path);
}
