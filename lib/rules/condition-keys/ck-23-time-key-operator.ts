import type { OperatorFamily } from "../../iam/condition/condition-operator";
import { listNames } from "../../diagnostics/nearest";
import type { Rule } from "../rule";
import { placeOfKey, writtenConditions } from "../facts/written-condition";

/** What each key of time is compared with; `Null` asks for presence. */
const FAMILIES: ReadonlyMap<string, readonly OperatorFamily[]> = new Map([
  ["aws:currenttime", ["Date", "Null"]],
  ["aws:epochtime", ["Date", "Numeric", "Null"]],
  ["aws:tokenissuetime", ["Date", "Null"]],
]);

export const timeKeyOperator: Rule = {
  id: "CK-23",
  severity: "warning",
  summary: "times are compared with operators for dates, aws:EpochTime also with those for numbers",
  why: "Compared as text, no time ever equals the value.",
  source: "IAM User Guide, reference_policies_condition-keys",
  *inDocuments(context) {
    for (const condition of writtenConditions(context.statements, (key) => FAMILIES.has(key))) {
      const { operator, key, name } = condition.line;
      const families = FAMILIES.get(key.toLowerCase()) ?? [];
      if (families.includes(operator.family)) continue;
      const allowed = families.filter((family) => family !== "Null");
      yield {
        ...placeOfKey(condition),
        message: `\`${key}\` is a moment, which \`${name}\` does not compare, allowed: ${listNames(allowed.map((family) => `${family}...`))}`,
        help: `write an operator such as \`DateLessThan\``,
      };
    }
  },
};
