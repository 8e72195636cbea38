import { LIMITS } from "../../iam/limits";
import { documentSize } from "../../plan/quota-use";
import type { Rule } from "../rule";

export const userPolicySize: Rule = {
  id: "ID-38",
  severity: "error",
  summary: "the inline policies of an IAM user have at most 2,048 characters together",
  why: "IAM rejects the policy: the limit for users is a fifth of that for roles.",
  source: "IAM User Guide, reference_iam-quotas",
  refused: true,
  *inPlan({ plan }) {
    for (const { account, grants } of plan.accounts) {
      for (const { kind, name, document, at } of grants) {
        const size = documentSize(document);
        if (kind !== "user" || size <= LIMITS.userInlinePolicySize) continue;
        yield {
          at,
          atKey: true,
          message: `the permission of the user \`${name}\` in \`${account.key}\` to assume its roles has ${size} characters, at most ${LIMITS.userInlinePolicySize} fit`,
          help: "let the user assume a hub that assumes the roles",
        };
      }
    }
  },
};
