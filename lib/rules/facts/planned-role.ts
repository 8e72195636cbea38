import type { Account } from "../../account-map/model/account-map";
import type { ResolvedAccess, RolePlan } from "../../plan/resolved-access";
import { addTo } from "../../values/group";

/** A role of the plan, and the account that it is made in. */
export interface PlannedRole {
  readonly role: RolePlan;
  readonly account: Account;
}

/**
 * The roles of a plan, grouped by the entry in the map that makes them: a mistake of an entry is one
 * finding, in however many accounts it shows. No group is empty.
 */
export function plannedRoles(plan: ResolvedAccess): readonly (readonly PlannedRole[])[] {
  const groups = new Map<string, PlannedRole[]>();
  for (const { account, roles } of plan.accounts) {
    for (const role of roles) {
      const key = role.at.join("\n");
      addTo(groups, key, { role, account });
    }
  }
  return [...groups.values()];
}
