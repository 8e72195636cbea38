import { formatDuration } from "../../account-map/model/duration";
import type { Principal } from "../../account-map/model/principal";
import { chainedRoles } from "../facts/role-sessions-only";
import type { Rule } from "../rule";

export const roleSessionCaller: Rule = {
  id: "ID-18",
  severity: "warning",
  summary:
    "a role that only permission sets and existing roles assume allows no sessions longer than one hour",
  why: "Sessions of Identity Center and of roles on EC2, ECS or Lambda are role sessions: the sessions they open last at most one hour.",
  source: "IAM User Guide, id_roles (role chaining)",
  *inPlan({ plan }) {
    for (const { role, at, principals } of chainedRoles(plan)) {
      if (principals.length === 0) continue;
      const allowed = formatDuration(role.maxSessionSeconds);
      const kinds = [...new Set(principals.map(kindInWords))].sort().join(" and ");
      yield {
        at: [...at, "maxSession"],
        message: `\`${role.name}\` allows sessions of \`${allowed}\`, but ${kinds} assume it with role sessions, and role chaining limits sessions to \`1h\``,
        help: "set `maxSession: 1h`; if people need longer sessions, assign a permission set in the account itself",
      };
    }
  },
};

function kindInWords({ kind }: Principal): string {
  return kind === "permissionSet" ? "permission sets" : "roles";
}
