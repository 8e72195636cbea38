import type { Path } from "../../source/source";
import type { RolePlan } from "../../plan/resolved-access";
import type { Hop } from "../facts/hop";

/** Roles that assume each other in a cycle. */
export interface RoleCycle {
  /** In the order in which they assume each other; the last one assumes the first. */
  readonly roles: readonly RolePlan[];
  /** The entry in the map by which the last one assumes the first. */
  readonly at: Path;
}

/** A role on the way that is looked at, and which of its hops comes next. */
interface Visit {
  readonly role: RolePlan;
  readonly hops: readonly Hop[];
  next: number;
}

/**
 * One cycle for each set of entries in the map that form one. A role that trusts itself is none: it
 * says so in its own trust (rule TR-07).
 */
export function* roleCycles(hops: ReadonlyMap<RolePlan, readonly Hop[]>): Generator<RoleCycle> {
  const visitOf = (role: RolePlan): Visit => ({ role, hops: hops.get(role) ?? [], next: 0 });
  const done = new Set<RolePlan>();
  const reported = new Set<string>();
  for (const start of hops.keys()) {
    if (done.has(start)) continue;
    const way = [visitOf(start)];
    const depth = new Map<RolePlan, number>([[start, 0]]);
    for (let visit = way.at(-1); visit !== undefined; visit = way.at(-1)) {
      const hop = visit.hops[visit.next];
      visit.next += 1;
      if (hop === undefined) {
        way.pop();
        depth.delete(visit.role);
        done.add(visit.role);
        continue;
      }
      const { to, at } = hop.edge;
      const seen = depth.get(to);
      if (seen === undefined) {
        if (done.has(to)) continue;
        depth.set(to, way.length);
        way.push(visitOf(to));
      } else if (to !== visit.role) {
        const roles = way.slice(seen).map(({ role }) => role);
        const key = entriesOf(roles);
        if (reported.has(key)) continue;
        reported.add(key);
        yield { roles, at };
      }
    }
  }
}

function entriesOf(roles: readonly RolePlan[]): string {
  return roles
    .map((role) => role.at.join("."))
    .sort()
    .join(" ");
}
