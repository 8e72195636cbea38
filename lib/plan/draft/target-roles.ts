import type { TargetRole } from "../role/assume-permission";
import { groupTargets } from "./group-targets";
import type { LocatedRole } from "./group-targets";
import type { RoleDraft } from "./role-draft";

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
