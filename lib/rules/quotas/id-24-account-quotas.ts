import type { AccountPlan } from "../../plan/resolved-access";
import type { Rule } from "../rule";

/** Quotas of an account that what is made there can cross; each can be raised but that of SAML providers (rule ID-24). */
const QUOTAS: readonly {
  readonly what: string;
  readonly quota: number;
  readonly count: (plan: AccountPlan) => number;
}[] = [
  { what: "roles", quota: 1000, count: ({ roles }) => roles.length },
  {
    what: "customer managed policies",
    quota: 1500,
    count: ({ roles, boundaries }) =>
      roles.reduce((sum, { policies }) => sum + policies.customer.length, boundaries.length),
  },
  {
    what: "instance profiles",
    quota: 1000,
    count: ({ roles }) => roles.reduce((sum, role) => sum + role.instanceProfiles.length, 0),
  },
  { what: "OIDC providers", quota: 100, count: ({ oidcProviders }) => oidcProviders.length },
  { what: "SAML providers", quota: 100, count: ({ samlProviders }) => samlProviders.length },
];

export const accountQuotas: Rule = {
  id: "ID-24",
  severity: "warning",
  summary:
    "what the map creates in an account stays within its default quotas: 1,000 roles, 1,500 customer managed policies, 1,000 instance profiles, 100 OIDC and 100 SAML providers",
  why: "IAM rejects what exceeds a quota, and the rest of the apply fails with it.",
  source: "IAM User Guide, reference_iam-quotas; AWS General Reference, iam-service",
  *inPlan({ plan }) {
    for (const accountPlan of plan.accounts) {
      const { key, at } = accountPlan.account;
      for (const { what, quota, count } of QUOTAS) {
        const made = count(accountPlan);
        if (made <= quota) continue;
        yield {
          at,
          atKey: true,
          message: `the account \`${key}\` gets ${made} ${what}; the default quota is ${quota}`,
          help: "request a higher quota before the first apply and accept this, or create fewer",
        };
      }
    }
  },
};
