import type { Rule } from "../rule";
import { consequence, placeOfKey, writtenConditions } from "../facts/written-condition";

export const durationCondition: Rule = {
  id: "CK-19",
  severity: "error",
  summary: "no condition limits how long a session of a role lasts",
  why: "sts:DurationSeconds is not part of calls for roles: the role's longest session is the only limit.",
  source: "IAM User Guide, reference_policies_iam-condition-keys",
  *inDocuments(context) {
    for (const condition of writtenConditions(
      context.statements,
      (key) => key === "sts:durationseconds",
    )) {
      const effect = consequence(condition);
      if (effect === undefined) continue;
      yield {
        ...placeOfKey(condition),
        message: `calls for a role never have \`${condition.line.key}\`, ${effect}`,
        help: "remove the condition, and set `maxSession:` on the assumed role",
      };
    }
  },
};
