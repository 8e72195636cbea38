import type { WayIn } from "../account-map/account-map";
import type { RoleDraft } from "./role-draft";
import { EMPTY_SESSION, eitherSession, sameSession } from "./session-context";
import type { SessionContext } from "./session-context";
import { POD_IDENTITY_TAGS } from "./way-in-statements";

/** What the sessions of each role may carry, once everything has flowed down every chain (rules TR-15b, TR-17). */
export function flowSessions(roles: readonly RoleDraft[]): ReadonlyMap<RoleDraft, SessionContext> {
  const sessions = new Map<RoleDraft, SessionContext>();
  const pending: RoleDraft[] = [];
  for (const role of roles) {
    const own = role.waysIn.map(wayInSession).reduce(eitherSession, EMPTY_SESSION);
    sessions.set(role, own);
    if (!sameSession(own, EMPTY_SESSION)) pending.push(role);
  }
  for (let role = pending.pop(); role !== undefined; role = pending.pop()) {
    const session = sessions.get(role) ?? EMPTY_SESSION;
    for (const target of role.targets) {
      const before = sessions.get(target) ?? EMPTY_SESSION;
      const after = eitherSession(before, session);
      if (sameSession(before, after)) continue;
      sessions.set(target, after);
      pending.push(target);
    }
  }
  return sessions;
}

function wayInSession({ principal, conditions }: WayIn): SessionContext {
  const sourceIdentity =
    conditions.sourceIdentity !== undefined || principal.kind === "rolesAnywhere";
  const declared = conditions.sessionTags.filter((tag) => tag.transitive).map((tag) => tag.key);
  const transitiveTags = principal.kind === "podIdentity" ? POD_IDENTITY_TAGS : declared.sort();
  return { sourceIdentity, transitiveTags };
}
