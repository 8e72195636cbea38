import { LIMITS } from "../iam/limits";
import { policySize } from "../iam/policy-text";
import type { Rule } from "./rule";

export const trustPolicySize: Rule = {
  id: "ID-19",
  severity: "error",
  summary: "a trust policy stays within the account's quota, 2,048 characters unless it was raised",
  why: "IAM refuses the role: LimitExceeded, Cannot exceed quota for ACLSizePerRole.",
  source: "IAM User Guide, reference_iam-quotas; quota L-C07B4B0D",
  refused: true,
  *check({ plan }) {
    for (const { account, roles } of plan.accounts) {
      for (const role of roles) {
        const size = policySize(role.trust);
        if (size <= account.trustPolicyQuota) continue;
        yield {
          at: role.at,
          atKey: true,
          message: `the trust policy of \`${role.name}\` in \`${account.key}\` has ${size} characters, the account's quota is ${account.trustPolicyQuota}`,
          help:
            size <= LIMITS.trustPolicySizeMax
              ? `have the quota L-C07B4B0D raised in the account and write \`trustPolicyQuota: ${size <= 4096 ? 4096 : LIMITS.trustPolicySizeMax}\`, or let fewer principals in`
              : "divide the principals over several roles",
        };
      }
    }
  },
};
