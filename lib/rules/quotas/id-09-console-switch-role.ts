import { LIMITS } from "../../iam/limits";
import type { Edge } from "../../plan/resolved-access";
import type { Rule } from "../rule";

export const consoleSwitchRole: Rule = {
  id: "ID-09",
  severity: "warning",
  summary: "path and name of a role that people can assume have at most 64 characters together",
  why: "The console's Switch Role does not accept longer ones; only the command line and the SDKs do.",
  source: "IAM User Guide, reference_iam-quotas",
  *inPlan({ plan }) {
    const reported = new Set<string>();
    for (const edge of plan.edges) {
      const { path, name, at } = edge.to;
      const length = path.length + name.length;
      const key = at.join("\n");
      if (length <= LIMITS.consoleSwitchRole || !isForPeople(edge) || reported.has(key)) continue;
      reported.add(key);
      yield {
        at,
        atKey: true,
        message: `path and name of \`${path}${name}\` have ${length} characters together; the console's Switch Role accepts at most ${LIMITS.consoleSwitchRole}`,
        help: "shorten `path:` or `role:`",
      };
    }
  },
};

/** Whether someone could come by Switch Role: not from a role, and not with an external ID (rule TR-19). */
function isForPeople({ from, externalIds }: Edge): boolean {
  if (from.kind === "role" || externalIds.length > 0) return false;
  switch (from.wayIn.principal.kind) {
    case "user":
    case "account":
    case "permissionSet":
    case "organizationalUnit":
    case "foreignAccount":
      return true;
    default:
      return false;
  }
}
