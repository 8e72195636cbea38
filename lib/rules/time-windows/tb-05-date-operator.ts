import type { Rule } from "../rule";
import { placeOfKey, writtenConditions } from "../facts/written-condition";
import type { WrittenCondition } from "../facts/written-condition";

export const dateOperator: Rule = {
  id: "TB-05",
  severity: "error",
  summary: "dates are compared without `IfExists` and `NotEquals`",
  why: "`IfExists` holds wherever the key is missing, as `aws:TokenIssueTime` is for access keys; `NotEquals` holds at every time except one.",
  source: "IAM User Guide, reference_policies_elements_condition_operators and condition-keys",
  *inDocuments(context) {
    for (const condition of writtenConditions(context.statements, () => true)) {
      const fault = faultOf(condition);
      if (fault === undefined) continue;
      yield { ...placeOfKey(condition), ...fault };
    }
  },
};

function faultOf({
  line: { operator, name, key },
}: WrittenCondition): { readonly message: string; readonly help: string } | undefined {
  if (operator.family !== "Date") return undefined;
  if (operator.negated) {
    return {
      message: `\`${name}\` holds at every time except the one that it names`,
      help: "write `DateLessThan` or `DateGreaterThan`",
    };
  }
  if (!operator.ifExists) return undefined;
  return {
    message: `\`${name}\` holds for every caller whose request lacks \`${key}\``,
    help: `write \`${name.replace("IfExists", "")}\``,
  };
}
