import type { TargetRole } from "./assume-permission";
import type { RoleDraft } from "./role-draft";

/** Groups roles that have name and path in common, sorted by both. */
export function targetRoles(drafts: Iterable<RoleDraft>): TargetRole[] {
  const groups = new Map<
    string,
    { name: string; path: string; accounts: RoleDraft["account"][] }
  >();
  for (const { settings, account } of drafts) {
    const key = `${settings.path}${settings.roleName}`;
    const group = groups.get(key) ?? {
      name: settings.roleName,
      path: settings.path,
      accounts: [],
    };
    group.accounts.push(account);
    groups.set(key, group);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}
