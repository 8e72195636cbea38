import type { RoleSessionCaller } from "../../iam/condition/caller";

/** A session of a role, as it calls; how a session is named, everybody chooses. */
export function sessionOf(roleArn: string): RoleSessionCaller {
  return { kind: "role-session", roleArn, sessionName: "session" };
}
