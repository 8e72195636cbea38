import { LIMITS } from "../../iam/limits";
import { documentSize } from "../../plan/quota-use";
import type { Rule } from "../rule";

/** The policies of roles that are made never cross the limit: what does not fit becomes managed policies. */
export const inlinePolicySize: Rule = {
  id: "ID-20",
  severity: "error",
  summary: "the inline policies of a role have at most 10,240 characters together",
  why: "IAM rejects the policy that exceeds the limit, and more policies do not help: all of them count together.",
  source: "IAM User Guide, reference_iam-quotas",
  refused: true,
  *inPlan({ plan }) {
    for (const { account, grants } of plan.accounts) {
      for (const { kind, name, document, at } of grants) {
        const size = documentSize(document);
        if (kind !== "role" || size <= LIMITS.inlinePolicySize) continue;
        yield {
          at,
          atKey: true,
          message: `the permission of the role \`${name}\` in \`${account.key}\` to assume its roles has ${size} characters, at most ${LIMITS.inlinePolicySize} fit`,
          help: "let it assume a hub that assumes the roles; or set `grant: print` and add the permission yourself",
        };
      }
    }
  },
};
