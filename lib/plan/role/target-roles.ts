import type { AccountIdentity } from "../../account-map/model/principal";
import type { LocatedRole, RoleDraft } from "../draft/role-draft";
import type { TargetRole } from "./assume-permission";
import { byKey } from "../../values/order";

/** Groups drafts of roles, and roles that are made elsewhere, that have name and path in common, sorted by both. */
export function targetRoles(
  drafts: Iterable<RoleDraft>,
  existing: readonly LocatedRole[] = [],
): TargetRole[] {
  const made = [...drafts].map(({ settings, account }) => ({
    name: settings.roleName,
    path: settings.path,
    account,
  }));
  return groupTargets([...made, ...existing]);
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
  return [...groups].sort(byKey).map(([, group]) => group);
}
