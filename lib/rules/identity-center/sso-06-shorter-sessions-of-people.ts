import { formatDuration } from "../../account-map/model/duration";
import type { Path } from "../../source/source";
import { LIMITS } from "../../iam/limits";
import { chainedRoles } from "../facts/role-sessions-only";
import type { Rule } from "../rule";

export const shorterSessionsOfPeople: Rule = {
  id: "SSO-06",
  severity: "info",
  summary: "Identity Center users get sessions of at most one hour, whatever the role allows",
  why: "An Identity Center session is a role session: what it assumes is chained, and STS rejects more than one hour.",
  source: "IAM User Guide, id_roles (role chaining)",
  *inPlan({ plan }) {
    const chained = new Set<Path>(chainedRoles(plan).map(({ at }) => at)); // rule ID-18
    const seen = new Set<Path>();
    for (const { from, to } of plan.edges) {
      if (from.kind !== "principal" || from.wayIn.principal.kind !== "permissionSet") continue;
      if (to.maxSessionSeconds <= LIMITS.chainedSessionMax) continue;
      if (chained.has(to.at) || seen.has(from.wayIn.at)) continue;
      seen.add(from.wayIn.at);
      yield {
        at: [...from.wayIn.at, "permissionSet"],
        atKey: true,
        message: `\`${to.name}\` allows sessions of \`${formatDuration(to.maxSessionSeconds)}\`, but Identity Center users get at most \`1h\``,
        help: "let these callers renew their sessions, or assign a permission set in the account itself",
      };
    }
  },
};
