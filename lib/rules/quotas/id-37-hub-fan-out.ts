import type { RolePlan } from "../../plan/resolved-access";
import type { Rule } from "../rule";

/** Calls of STS a second, by account and Region, all of them on the account of the caller (rule ID-37). */
const CALLS_PER_SECOND = 600;

export const hubFanOut: Rule = {
  id: "ID-37",
  severity: "info",
  summary: "a role assumes at most 600 others, its account's quota for one second",
  why: "Calls across accounts count only against the caller's account: assuming all spokes at once throttles the hub.",
  source: "IAM User Guide, reference_iam-quotas",
  *inPlan({ plan }) {
    const targets = new Map<RolePlan, number>();
    for (const { from } of plan.edges) {
      if (from.kind === "role") targets.set(from.role, (targets.get(from.role) ?? 0) + 1);
    }
    for (const [{ name, at }, count] of targets) {
      if (count <= CALLS_PER_SECOND) continue;
      yield {
        at,
        atKey: true,
        message: `\`${name}\` assumes ${count} roles, and its account has ${CALLS_PER_SECOND} STS calls a second per Region in total`,
        help: "let callers assume a few roles at a time, and reuse sessions",
      };
    }
  },
};
