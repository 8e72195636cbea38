import type { AccessModel } from "../../lib/access/decide/access-model";
import { reach } from "../../lib/access/hops/reach";
import type { ReachedRole } from "../../lib/access/hops/reach";
import type { AskedCallers } from "./asked-scope";
import type { AskedTime } from "../options/at-time";

/**
 * What somebody reaches who can call as several: by the shortest way to each role. What is reached in only some of
 * the cases of which one is true is not certain.
 */
export function reachAll(
  world: AccessModel,
  asked: AskedCallers,
  { time, isTimeFixed }: AskedTime,
): readonly ReachedRole[] {
  const cases = asked.map((callers) => {
    const found = new Map<string, ReachedRole>();
    for (const { caller, identity } of callers) {
      for (const role of reach(world, caller, time, { identity, isTimeFixed })) {
        const known = found.get(role.roleArn);
        if (known === undefined || isBetter(role, known)) found.set(role.roleArn, role);
      }
    }
    return found;
  });
  const all = new Map<string, ReachedRole>();
  for (const found of cases) {
    for (const [arn, role] of found) {
      if (!all.has(arn)) {
        const certain = cases.every((each) => each.get(arn)?.certain === true);
        all.set(arn, certain ? role : { ...role, certain: false });
      }
    }
  }
  return [...all.values()].sort((one, other) => one.hops.length - other.hops.length);
}

function isBetter(one: ReachedRole, other: ReachedRole): boolean {
  if (one.certain !== other.certain) return one.certain;
  return one.hops.length < other.hops.length;
}
