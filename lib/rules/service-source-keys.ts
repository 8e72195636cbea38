import type { Rule } from "./rule";
import { consequence, placeOfKey, writtenConditions } from "./written-condition";

export const serviceSourceKeys: Rule = {
  id: "CK-10",
  severity: "error",
  summary: "a policy of a role does not test on whose behalf a service calls",
  why: "aws:SourceArn, aws:SourceAccount and their kin come with calls that a service makes in its own name, never with those of a role.",
  source: "IAM User Guide, reference_policies_condition-keys",
  *check(input) {
    for (const condition of writtenConditions(input, (key) => KEYS.has(key))) {
      const effect = consequence(condition);
      if (effect === undefined) continue;
      yield {
        ...placeOfKey(condition),
        message: `a role's own calls never carry \`${condition.line.key}\`, ${effect}`,
        help: "remove the condition; it belongs in policies that trust services",
      };
    }
  },
};

const KEYS: ReadonlySet<string> = new Set([
  "aws:sourcearn",
  "aws:sourceaccount",
  "aws:sourceorgid",
  "aws:sourceorgpaths",
]);
