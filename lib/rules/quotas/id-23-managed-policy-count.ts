import { formatAccounts } from "../facts/accounts-in-words";
import type { PlannedRole } from "../facts/planned-role";
import type { Rule } from "../rule";

/** Managed policies of a role to which the quota can be raised (rule ID-23, documentation of 2026). */
const HIGHEST_QUOTA = 25;

export const managedPolicyCount: Rule = {
  id: "ID-23",
  severity: "error",
  summary:
    "a role has at most as many managed policies as the account's quota allows, 10 unless it was raised",
  why: "IAM rejects the attachment in accounts with the smaller quota.",
  source: "IAM User Guide, reference_iam-quotas",
  refused: true,
  *inPlan(context) {
    for (const roles of context.roles) {
      const tooMany = roles.filter((each) => count(each) > each.account.managedPoliciesQuota);
      const [first] = tooMany;
      if (first === undefined) continue;
      const { role, account } = first;
      const accounts = formatAccounts(tooMany.map((each) => each.account));
      const most = Math.max(...tooMany.map(count));
      yield {
        at: role.at,
        atKey: true,
        message: `\`${role.name}\` has ${count(first)} managed policies; the quota is ${account.managedPoliciesQuota} in ${accounts}`,
        help:
          most <= HIGHEST_QUOTA
            ? `have the quota raised there and write \`managedPoliciesQuota: ${most}\`, or attach fewer policies`
            : "attach fewer policies, or split the role",
      };
    }
  },
};

function count({ role }: PlannedRole): number {
  return role.policies.customer.length + role.policies.managed.length;
}
