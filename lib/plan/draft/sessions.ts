import { EMPTY_SESSION, eitherSession, sameSession, wayInSession } from "../session-context";
import type { SessionContext } from "../session-context";
import type { Connections } from "./connect-roles";
import type { RoleDraft } from "./role-draft";
import { addTo } from "../../values/group";

/** What the sessions of a role can carry. */
export type SessionOf = (draft: RoleDraft) => SessionContext;

/** Passes what the principals of roles set along every chain (rules TR-15b, TR-17). */
export function propagateSessions(drafts: readonly RoleDraft[], { edges }: Connections): SessionOf {
  const targets = new Map<RoleDraft, RoleDraft[]>();
  for (const { caller, target } of edges) {
    addTo(targets, caller, target);
  }
  const sessions = new Map(
    drafts.map((draft) => [
      draft,
      draft.waysIn.map(wayInSession).reduce(eitherSession, EMPTY_SESSION),
    ]),
  );
  const sessionOf: SessionOf = (draft) => sessions.get(draft) ?? EMPTY_SESSION;
  const pending = drafts.filter((draft) => !sameSession(sessionOf(draft), EMPTY_SESSION));
  for (let caller = pending.pop(); caller !== undefined; caller = pending.pop()) {
    for (const target of targets.get(caller) ?? []) {
      const before = sessionOf(target);
      const after = eitherSession(before, sessionOf(caller));
      if (sameSession(before, after)) continue;
      sessions.set(target, after);
      pending.push(target);
    }
  }
  return sessionOf;
}
