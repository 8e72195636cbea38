import type { Rule } from "../rule";
import {
  consequence,
  constantOutcome,
  placeOfKey,
  writtenConditions,
} from "../facts/written-condition";

export const serviceCallerKey: Rule = {
  id: "CK-24",
  severity: "warning",
  summary: "a role's policy does not test for calls that a service makes in its own name",
  why: "A role's call is never the service's own, not even if a service acts for the role.",
  source: "IAM User Guide, reference_policies_condition-keys (aws:PrincipalIsAWSService)",
  *inDocuments(context) {
    for (const condition of writtenConditions(context.statements, (key) => KEYS.has(key))) {
      const isFlag = condition.line.key.toLowerCase() === "aws:principalisawsservice";
      const constant = isFlag ? "false" : undefined;
      // A test that always holds is harmless, and usual next to others in a denial.
      if (constantOutcome(condition, constant) !== "fails") continue;
      yield {
        ...placeOfKey(condition),
        message: `the calls of a role are never a service's own, ${consequence(condition, constant) ?? ""}`,
        help: "remove the condition; for calls that a service makes for the role, use `aws:ViaAWSService`",
      };
    }
  },
};

const KEYS: ReadonlySet<string> = new Set([
  "aws:principalisawsservice",
  "aws:principalservicename",
  "aws:principalservicenameslist",
]);
