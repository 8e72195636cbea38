import { LIMITS } from "../iam/limits";
import { policySize } from "../iam/policy-text";
import type { Rule } from "./rule";

export const inlinePolicySize: Rule = {
  id: "ID-20",
  severity: "error",
  summary: "the inline policies of a role have at most 10,240 characters together",
  why: "IAM refuses the policy that crosses the limit, and more policies do not help: all of them count together.",
  source: "IAM User Guide, reference_iam-quotas",
  refused: true,
  *check({ plan }) {
    for (const { account, roles } of plan.accounts) {
      for (const role of roles) {
        const size = role.policies.inline.reduce(
          (sum, { document }) => sum + policySize(document),
          0,
        );
        if (size <= LIMITS.inlinePolicySize) continue;
        yield {
          at: role.at,
          atKey: true,
          message: `the inline policies of \`${role.name}\` in \`${account.key}\` have ${size} characters, at most ${LIMITS.inlinePolicySize} fit`,
          help: "reach fewer roles, or write `reach: organization`",
        };
      }
    }
  },
};
