import type { RolePlan } from "../plan/access-plan";
import type { Rule } from "./rule";

/** Calls of STS a second, by account and Region, all of them on the account of the caller (rule ID-37). */
const CALLS_PER_SECOND = 600;

export const hubFanOut: Rule = {
  id: "ID-37",
  severity: "info",
  summary: "a role enters at most 600 others, as many as its account may in a second",
  why: "Calls across accounts count against the caller's account alone: entering all spokes at once throttles the hub.",
  source: "IAM User Guide, reference_iam-quotas",
  *check({ plan }) {
    const targets = new Map<RolePlan, number>();
    for (const { from } of plan.edges) {
      if (from.kind === "role") targets.set(from.role, (targets.get(from.role) ?? 0) + 1);
    }
    for (const [{ name, at }, count] of targets) {
      if (count <= CALLS_PER_SECOND) continue;
      yield {
        at,
        atKey: true,
        message: `\`${name}\` enters ${count} roles, and its account has ${CALLS_PER_SECOND} calls of STS a second in a Region for all that it does`,
        help: "let callers assume a few roles at a time, and reuse sessions",
      };
    }
  },
};
