import type { PrincipalEntry } from "../../account-map/model/account-map";
import type { ReportFinding } from "../parameters";
import type { RoleDraft } from "./role-draft";
import { checkSpelling } from "./spelling";

/** A role of the map that a principal of another role names as its caller. */
export interface NamedEdge {
  readonly caller: RoleDraft;
  readonly target: RoleDraft;
  readonly wayIn: PrincipalEntry;
}

/** Finds a role that the map makes by account ID and name, whatever its case (rule ID-06). */
export type OwnRole = (accountId: string, name: string) => RoleDraft | undefined;

/** Indexes the roles that the map makes. */
export function ownRoles(roles: readonly RoleDraft[]): OwnRole {
  const key = (accountId: string, name: string): string => `${accountId} ${name.toLowerCase()}`;
  const byKey = new Map(roles.map((role) => [key(role.account.id, role.settings.roleName), role]));
  return (accountId, name) => byKey.get(key(accountId, name));
}

/** Connects every principal that names roles of the map with these roles. */
export function namedEdges(
  roles: readonly RoleDraft[],
  ownRole: OwnRole,
  report: ReportFinding,
): NamedEdge[] {
  return roles.flatMap((target) =>
    target.waysIn.flatMap((wayIn) => {
      const { principal } = wayIn;
      if (principal.kind !== "role") return [];
      const { names, path, account = target.account } = principal;
      return names.flatMap((name): NamedEdge[] => {
        const caller = ownRole(account.id, name);
        if (caller === undefined) return [];
        const { roleName, path: ownPath } = caller.settings;
        const known = { name: roleName, path: ownPath };
        checkSpelling(wayIn, { kind: "role", name, path }, known, report);
        return [{ caller, target, wayIn }];
      });
    }),
  );
}
