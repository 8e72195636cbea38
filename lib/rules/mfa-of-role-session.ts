import type { Rule } from "./rule";
import { consequence, constantOutcome, placeOfKey, writtenConditions } from "./written-condition";
import type { WrittenCondition } from "./written-condition";

export const mfaOfRoleSession: Rule = {
  id: "CK-16",
  severity: "error",
  summary:
    "multi-factor authentication is asked for where a user assumes the first role, not in the policies of roles",
  why: "No role session has MFA: its requests lack aws:MultiFactorAuthPresent or carry it with `false`, because AWS says both, and they have no aws:MultiFactorAuthAge.",
  source:
    "IAM User Guide, id_credentials_mfa_configure-api-require and reference_policies_condition-keys",
  *check(input) {
    for (const condition of writtenConditions(input, (key) => KEYS.has(key))) {
      const effect = settled(condition) ? consequence(condition) : undefined;
      if (effect === undefined) continue;
      const { key } = condition.line;
      const never = key.toLowerCase() === PRESENT ? "never carry `true` as" : "never carry";
      yield {
        ...placeOfKey(condition),
        message: `requests of role sessions ${never} \`${key}\`, ${effect}`,
        help: "remove the condition, and write `mfa: true` at the user that assumes the first role",
      };
    }
  },
};

const PRESENT = "aws:multifactorauthpresent";
const KEYS: ReadonlySet<string> = new Set([PRESENT, "aws:multifactorauthage"]);

/** Whether a condition comes out the same with the key absent and with `false`, as far as both are possible. */
function settled(condition: WrittenCondition): boolean {
  if (condition.line.key.toLowerCase() !== PRESENT) return true;
  return constantOutcome(condition) === constantOutcome(condition, "false");
}
