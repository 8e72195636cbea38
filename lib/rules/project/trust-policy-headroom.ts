import { LIMITS } from "../../iam/limits";
import { formatAccounts } from "../facts/accounts-in-words";
import { documentSize } from "../../plan/quota-use";
import type { Rule } from "../rule";

/** The part of a quota from which on something is near it. */
export const NEAR = 0.8;

export const trustPolicyHeadroom: Rule = {
  id: "trust-policy-headroom",
  severity: "warning",
  summary: "a trust policy uses less than 80% of the account's quota",
  why: "One more principal, or a longer name, can exceed the quota; a quota increase takes time in every account.",
  source: "IAM User Guide, reference_iam-quotas; quota L-C07B4B0D (ID-19)",
  *inPlan(context) {
    for (const roles of context.roles) {
      const near = roles
        .map(({ role, account }) => ({ role, account, size: documentSize(role.trust) }))
        .filter(({ account, size }) => {
          const quota = account.trustPolicyQuota;
          return size >= NEAR * quota && size <= quota; // beyond it ID-19 says so
        })
        .sort((a, b) => b.size - a.size);
      const [largest] = near;
      if (largest === undefined) continue;
      const { role, account, size } = largest;
      const quota = account.trustPolicyQuota;
      const accounts = formatAccounts(near.map((each) => each.account));
      yield {
        at: role.at,
        atKey: true,
        message: `the trust policy of \`${role.name}\` fills ${size} of ${quota} characters in ${accounts}, ${Math.floor((size / quota) * 100)}% of the quota`,
        help:
          quota < LIMITS.trustPolicySizeMax
            ? "request a higher L-C07B4B0D quota there and set `trustPolicyQuota:`, or trust fewer principals"
            : "split the principals over several roles",
      };
    }
  },
};
