import type { PrincipalEntry } from "../../account-map/model/account-map";
import type { ReportFinding } from "../parameters";
import type { RoleDraft } from "./role-draft";

/** A role in the map that a principal names as its caller. */
export interface NamedCaller {
  readonly draft: RoleDraft;
  readonly wayIn: PrincipalEntry;
}

/** The roles that the map makes, to be found by account and name, whatever its case (rule ID-06). */
export type OwnRoles = ReadonlyMap<string, RoleDraft>;

/** Indexes the roles that the map makes. */
export function ownRoles(roles: readonly RoleDraft[]): OwnRoles {
  return new Map(
    roles.map((role) => [entityKey(role.account.id, role.settings.roleName), role] as const),
  );
}

/** The role in the map that an account has under a name, if it has one. */
export function ownRole(own: OwnRoles, accountId: string, name: string): RoleDraft | undefined {
  return own.get(entityKey(accountId, name));
}

/**
 * Connects every principal that names a role in the map with that role. The role's set of policies is
 * exclusive, so the permission to assume goes into them, unless the map says that it exists.
 */
export function connectNamedCallers(
  roles: readonly RoleDraft[],
  own: OwnRoles,
  report: ReportFinding,
): void {
  for (const role of roles) {
    for (const wayIn of role.waysIn) {
      const { principal } = wayIn;
      if (principal.kind !== "role") continue;
      for (const name of principal.names) {
        const caller = ownRole(own, (principal.account ?? role.account).id, name);
        if (caller === undefined) continue;
        checkSpelling(wayIn, name, principal.path, caller, report);
        role.namedCallers.push({ draft: caller, wayIn });
        if (wayIn.grant === "generate") {
          caller.targets.add(role);
          caller.grantedWays.push(wayIn);
        } else {
          caller.declaredTargets.add(role);
        }
      }
    }
  }
}

/** A trust policy finds the caller by its ARN, which has the path and is case-sensitive. */
function checkSpelling(
  wayIn: PrincipalEntry,
  name: string,
  path: string,
  { settings }: RoleDraft,
  report: ReportFinding,
): void {
  if (name !== settings.roleName) {
    report([...wayIn.at, "role", "name"], {
      rule: "ID-06",
      message: `the role \`${name}\` is spelled \`${settings.roleName}\` in this map; IAM ignores case, but ARNs do not`,
      help: `write \`${settings.roleName}\``,
    });
    return;
  }
  if (path === settings.path) return;
  report([...wayIn.at, "role"], {
    rule: "ID-10",
    message: `the role \`${name}\` in this map has the path \`${settings.path}\`, not \`${path}\``,
    help: `add \`path: ${settings.path}\``,
  });
}

function entityKey(accountId: string, name: string): string {
  return `${accountId} ${name.toLowerCase()}`;
}
