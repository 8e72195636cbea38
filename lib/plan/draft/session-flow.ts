import type { RoleDraft } from "./role-draft";
import { EMPTY_SESSION, eitherSession, sameSession } from "../session-context";
import type { SessionContext } from "../session-context";
import { wayInSession } from "./way-in-session";

/**
 * What the sessions of each role can carry, once everything has been passed along every chain (rules
 * TR-15b, TR-17).
 */
export function propagateSessions(
  roles: readonly RoleDraft[],
): ReadonlyMap<RoleDraft, SessionContext> {
  const sessions = new Map<RoleDraft, SessionContext>();
  const entered = enteredRoles(roles);
  const pending: RoleDraft[] = [];
  for (const role of roles) {
    const own = role.waysIn.map(wayInSession).reduce(eitherSession, EMPTY_SESSION);
    sessions.set(role, own);
    if (!sameSession(own, EMPTY_SESSION)) pending.push(role);
  }
  for (let role = pending.pop(); role !== undefined; role = pending.pop()) {
    const session = sessions.get(role) ?? EMPTY_SESSION;
    for (const target of entered.get(role) ?? []) {
      const before = sessions.get(target) ?? EMPTY_SESSION;
      const after = eitherSession(before, session);
      if (sameSession(before, after)) continue;
      sessions.set(target, after);
      pending.push(target);
    }
  }
  return sessions;
}

/** The roles that each role can assume, whoever makes the permission. */
function enteredRoles(roles: readonly RoleDraft[]): ReadonlyMap<RoleDraft, readonly RoleDraft[]> {
  const entered = new Map<RoleDraft, RoleDraft[]>();
  for (const role of roles) {
    for (const { draft } of [...role.callers, ...role.namedCallers]) {
      const list = entered.get(draft) ?? [];
      list.push(role);
      entered.set(draft, list);
    }
  }
  return entered;
}
