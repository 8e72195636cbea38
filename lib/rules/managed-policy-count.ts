import type { Rule } from "./rule";

export const managedPolicyCount: Rule = {
  id: "ID-23",
  severity: "error",
  summary:
    "a role carries at most as many managed policies as the account's quota allows, 10 unless it was raised",
  why: "IAM refuses the attachment in accounts with the smaller quota.",
  source: "IAM User Guide, reference_iam-quotas",
  refused: true,
  *check({ plan }) {
    for (const { account, roles } of plan.accounts) {
      for (const role of roles) {
        const count = role.policies.customer.length + role.policies.managed.length;
        if (count <= account.managedPoliciesQuota) continue;
        yield {
          at: role.at,
          atKey: true,
          message: `\`${role.name}\` in \`${account.key}\` carries ${count} managed policies, the account's quota is ${account.managedPoliciesQuota}`,
          help: `have the quota raised and write \`managedPoliciesQuota: ${Math.min(count, 25)}\`, or give the role fewer policies`,
        };
      }
    }
  },
};
