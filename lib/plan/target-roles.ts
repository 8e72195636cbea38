import type { TargetRole } from "./assume-permission";
import { groupTargets } from "./group-targets";
import type { RoleDraft } from "./role-draft";

/** Groups drafts of roles that have name and path in common, sorted by both. */
export function targetRoles(drafts: Iterable<RoleDraft>): TargetRole[] {
  return groupTargets(
    [...drafts].map(({ settings, account }) => ({
      name: settings.roleName,
      path: settings.path,
      account,
    })),
  );
}
