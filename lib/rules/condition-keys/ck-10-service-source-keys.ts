import type { Rule } from "../rule";
import { consequence, placeOfKey, writtenConditions } from "../facts/written-condition";

export const serviceSourceKeys: Rule = {
  id: "CK-10",
  severity: "error",
  summary: "a role's policy does not test on whose behalf a service calls",
  why: "Only calls that a service makes in its own name have aws:SourceArn, aws:SourceAccount and related keys; a role's calls never do.",
  source: "IAM User Guide, reference_policies_condition-keys",
  *inDocuments(context) {
    for (const condition of writtenConditions(context.statements, (key) => KEYS.has(key))) {
      const effect = consequence(condition);
      if (effect === undefined) continue;
      yield {
        ...placeOfKey(condition),
        message: `a role's own calls never have \`${condition.line.key}\`, ${effect}`,
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
