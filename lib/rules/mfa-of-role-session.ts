import type { Rule } from "./rule";
import { consequence, placeOfKey, writtenConditions } from "./written-condition";

export const mfaOfRoleSession: Rule = {
  id: "CK-16",
  severity: "error",
  summary:
    "multi-factor authentication is asked for where a user enters the first role, not in the policies of roles",
  why: "What AssumeRole returns says nothing of multi-factor authentication: in the policy of a role the keys are never there.",
  source: "IAM User Guide, id_credentials_mfa_configure-api-require",
  *check(input) {
    for (const condition of writtenConditions(input, (key) => KEYS.has(key))) {
      const effect = consequence(condition);
      if (effect === undefined) continue;
      yield {
        ...placeOfKey(condition),
        message: `sessions of roles never carry \`${condition.line.key}\`, ${effect}`,
        help: "remove the condition, and write `mfa: true` at the user that enters the first role",
      };
    }
  },
};

const KEYS: ReadonlySet<string> = new Set(["aws:multifactorauthpresent", "aws:multifactorauthage"]);
