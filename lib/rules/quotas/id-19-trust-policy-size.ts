import { LIMITS } from "../../iam/limits";
import { formatAccounts } from "../facts/accounts-in-words";
import { documentSize } from "../../plan/quota-use";
import type { PlannedRole } from "../facts/planned-role";
import type { Rule } from "../rule";

export const trustPolicySize: Rule = {
  id: "ID-19",
  severity: "error",
  summary: "a trust policy stays within the account's quota, 2,048 characters unless it was raised",
  why: "IAM rejects the role: LimitExceeded, Cannot exceed quota for ACLSizePerRole.",
  source: "IAM User Guide, reference_iam-quotas; quota L-C07B4B0D",
  refused: true,
  *inPlan(context) {
    for (const roles of context.roles) {
      const tooLarge = roles.filter((each) => trustSize(each) > each.account.trustPolicyQuota);
      const [largest] = [...tooLarge].sort((a, b) => trustSize(b) - trustSize(a));
      if (largest === undefined) continue;
      const { role, account } = largest;
      const size = trustSize(largest);
      const accounts = [
        account,
        ...tooLarge.filter((each) => each !== largest).map((each) => each.account),
      ];
      yield {
        at: role.at,
        atKey: true,
        message: `the trust policy of \`${role.name}\` has ${size} characters; the quota is ${account.trustPolicyQuota} in ${formatAccounts(accounts)}`,
        help:
          size <= LIMITS.trustPolicySizeMax
            ? `request a higher L-C07B4B0D quota there and set \`trustPolicyQuota: ${size <= 4096 ? 4096 : LIMITS.trustPolicySizeMax}\`, or trust fewer principals`
            : "split the principals over several roles",
      };
    }
  },
};

function trustSize({ role }: PlannedRole): number {
  return documentSize(role.trust);
}
