import { formatDuration } from "../account-map/duration";
import type { Principal } from "../account-map/principal";
import { chainedRoles } from "./role-sessions-only";
import type { Rule } from "./rule";

export const roleSessionCaller: Rule = {
  id: "ID-18",
  severity: "warning",
  summary:
    "a role that permission sets and existing roles enter, and nobody else, allows no sessions of more than an hour",
  why: "Sessions of Identity Center and of roles on EC2, ECS or Lambda are role sessions: what they obtain lasts an hour at most.",
  source: "IAM User Guide, id_roles (role chaining)",
  *check({ plan }) {
    for (const { role, at, principals } of chainedRoles(plan)) {
      if (principals.length === 0) continue;
      const allowed = formatDuration(role.maxSessionSeconds);
      const kinds = [...new Set(principals.map(kindInWords))].sort().join(" and ");
      yield {
        at: [...at, "maxSession"],
        message: `\`${role.name}\` allows sessions of \`${allowed}\`, but ${kinds} enter it with role sessions, and what a role session obtains lasts \`1h\` at most`,
        help: "write `maxSession: 1h`; where people need longer sessions, assign a permission set in the account itself",
      };
    }
  },
};

function kindInWords({ kind }: Principal): string {
  return kind === "permissionSet" ? "permission sets" : "roles";
}
