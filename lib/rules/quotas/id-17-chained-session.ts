import { formatDuration } from "../../account-map/model/duration";
import { chainedRoles } from "../facts/role-sessions-only";
import type { Rule } from "../rule";

export const chainedSession: Rule = {
  id: "ID-17",
  severity: "warning",
  summary: "a role that only roles in the map assume allows no sessions longer than one hour",
  why: "A session opened by another role lasts at most one hour, and STS rejects a call that requests more.",
  source: "IAM User Guide, id_roles (role chaining)",
  *inPlan({ plan }) {
    for (const { role, at, principals } of chainedRoles(plan)) {
      if (principals.length > 0) continue;
      const allowed = formatDuration(role.maxSessionSeconds);
      yield {
        at: [...at, "maxSession"],
        message: `\`${role.name}\` allows sessions of \`${allowed}\`, but only other roles assume it, and role chaining limits sessions to \`1h\``,
        help: "write `maxSession: 1h`, and let callers renew their sessions",
      };
    }
  },
};
