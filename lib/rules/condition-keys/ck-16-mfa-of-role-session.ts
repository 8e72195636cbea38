import type { Rule } from "../rule";
import { consequence, placeOfKey, writtenConditions } from "../facts/written-condition";

export const mfaOfRoleSession: Rule = {
  id: "CK-16",
  severity: "error",
  summary: "MFA is required where a user assumes the first role, not in the policies of roles",
  why: "No role session has MFA: its requests lack aws:MultiFactorAuthPresent or have it as `false` (AWS documents both), and they have no aws:MultiFactorAuthAge.",
  source:
    "IAM User Guide, id_credentials_mfa_configure-api-require and reference_policies_condition-keys",
  *inDocuments(context) {
    for (const condition of writtenConditions(context.statements, (key) => KEYS.has(key))) {
      const { key } = condition.line;
      const isFlag = key.toLowerCase() === PRESENT;
      const absent = consequence(condition);
      const said = isFlag ? consequence(condition, "false") : absent;
      if (absent === undefined || said === undefined) continue;
      const effect =
        absent === said
          ? absent
          : `${absent} if they lack it, and ${said.replace(/^so /, "")} if it is \`false\`: AWS documents both`;
      yield {
        ...placeOfKey(condition),
        message: `requests of role sessions ${isFlag ? "never have `true` as" : "never have"} \`${key}\`, ${effect}`,
        help: "remove the condition, and write `mfa: true` at the user that assumes the first role",
      };
    }
  },
};

const PRESENT = "aws:multifactorauthpresent";
const KEYS: ReadonlySet<string> = new Set([PRESENT, "aws:multifactorauthage"]);
