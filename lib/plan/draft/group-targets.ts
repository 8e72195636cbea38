import type { AccountIdentity } from "../../account-map/model/principal";
import type { TargetRole } from "../role/assume-permission";

/** A role in one account. */
export interface LocatedRole {
  readonly name: string;
  readonly path: string;
  readonly account: AccountIdentity;
}

/** Groups roles that have name and path in common, sorted by both. */
export function groupTargets(roles: Iterable<LocatedRole>): TargetRole[] {
  const groups = new Map<string, { name: string; path: string; accounts: AccountIdentity[] }>();
  for (const { name, path, account } of roles) {
    const key = `${path}${name}`;
    const group = groups.get(key) ?? { name, path, accounts: [] };
    group.accounts.push(account);
    groups.set(key, group);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}
