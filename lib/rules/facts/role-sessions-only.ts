import type { Path } from "../../source/source";
import type { Principal } from "../../account-map/model/principal";
import { LIMITS } from "../../iam/limits";
import type { ResolvedAccess, RolePlan } from "../../plan/resolved-access";

/** A role whose sessions never last longer than an hour, because each caller holds a role session (rules ID-17, ID-18). */
export interface ChainedRole {
  readonly role: RolePlan;
  readonly at: Path;
  /** Principals from outside of the map among the callers. */
  readonly principals: readonly Principal[];
}

/**
 * The roles that allow sessions of more than an hour and that only role sessions assume, one for each
 * entry in the map: what STS grants to a role session is an hour, whatever the role allows.
 */
export function chainedRoles(plan: ResolvedAccess): readonly ChainedRole[] {
  const callers = new Map<string, { role: RolePlan; principals: Set<Principal> } | "others">();
  for (const { from, to } of plan.edges) {
    if (to.maxSessionSeconds <= LIMITS.chainedSessionMax) continue;
    const key = to.at.join("\n");
    const known = callers.get(key) ?? { role: to, principals: new Set<Principal>() };
    if (known === "others") continue;
    if (from.kind === "principal") known.principals.add(from.wayIn.principal);
    const chained = from.kind === "role" || holdsRoleSession(from.wayIn.principal);
    callers.set(key, chained ? known : "others");
  }
  return [...callers.values()].flatMap((each) =>
    each === "others"
      ? []
      : [{ role: each.role, at: each.role.at, principals: [...each.principals] }],
  );
}

/** Whether a principal always calls with the session of a role: then its next session lasts an hour at most (rule ID-18). */
export function holdsRoleSession(principal: Principal): boolean {
  switch (principal.kind) {
    case "role":
    case "permissionSet":
      return true;
    case "foreignAccount":
      return principal.entity?.startsWith("role/") === true;
    default:
      return false;
  }
}
