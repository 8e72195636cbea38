import { LIMITS } from "../iam/limits";
import { policySize } from "../iam/policy-text";
import type { Rule } from "./rule";

export const managedPolicySize: Rule = {
  id: "ID-21",
  severity: "error",
  summary: "a customer managed policy has at most 6,144 characters",
  why: "IAM refuses the policy; the limit cannot be raised.",
  source: "IAM User Guide, reference_iam-quotas",
  refused: true,
  *check({ plan }) {
    for (const { account, roles, boundaries } of plan.accounts) {
      const made = roles.flatMap(({ policies, at }) =>
        policies.customer.map((policy) => ({ policy, at })),
      );
      const bounding = boundaries.map((policy) => ({
        policy,
        at:
          roles.find(({ permissionsBoundary }) => permissionsBoundary?.policyId === policy.id)
            ?.at ?? account.at,
      }));
      for (const { policy, at } of [...made, ...bounding]) {
        const size = policySize(policy.document);
        if (size <= LIMITS.managedPolicySize) continue;
        yield {
          at,
          atKey: true,
          message: `the managed policy \`${policy.name}\` in \`${account.key}\` has ${size} characters, at most ${LIMITS.managedPolicySize} fit`,
          help: "shorten its largest statement, or divide it",
        };
      }
    }
  },
};
