import { formatDuration } from "../account-map/duration";
import { chainedRoles } from "./role-sessions-only";
import type { Rule } from "./rule";

export const chainedSession: Rule = {
  id: "ID-17",
  severity: "warning",
  summary: "a role that only roles of the map enter allows no sessions of more than an hour",
  why: "A session that another role obtains lasts an hour at most, and STS refuses a call that asks for more.",
  source: "IAM User Guide, id_roles (role chaining)",
  *check({ plan }) {
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
