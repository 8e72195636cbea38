import { IDENTIFIER_RULES } from "../../iam/identifier";
import type { Rule } from "../rule";

export const passableExternalId: Rule = {
  id: "ID-12",
  severity: "error",
  summary: "an external ID has 2 to 1224 ASCII letters, digits or any of `_+=,.@:/-`",
  why: "STS rejects a call that passes anything else, so nobody could assume the role. It is not a secret: anyone who can read the role sees it.",
  source: "botocore, sts externalIdType; IAM User Guide, id_roles_create_for-user_externalid",
  *inPlan({ plan }) {
    const { pattern, allowed } = IDENTIFIER_RULES.externalId;
    const reported = new Set<string>();
    for (const { externalIds, at } of plan.edges) {
      const wrong = externalIds.find((id) => !pattern.test(id));
      const key = at.join("\n");
      if (wrong === undefined || reported.has(key)) continue;
      reported.add(key);
      yield {
        at: [...at, "externalId"],
        message: `an external ID must be ${allowed}, got ${JSON.stringify(wrong)}`,
        help: "agree on another one with the caller, such as a UUID without braces",
      };
    }
  },
};
