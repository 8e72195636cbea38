import { accountsInWords } from "./accounts-in-words";
import type { Rule } from "./rule";
import { consequence, placeOfKey, writtenConditions } from "./written-condition";

export const accountOfCaller: Rule = {
  id: "CK-09",
  severity: "warning",
  summary: "a policy that tests the account of its role is used in that account alone",
  why: "aws:PrincipalAccount is always there, and in the policy of a role it is always the role's own account.",
  source: "IAM User Guide, reference_policies_condition-keys",
  *check(input) {
    for (const condition of writtenConditions(input, (key) => key === "aws:principalaccount")) {
      const { written, line } = condition;
      if (line.values.some((value) => value.includes("{{"))) continue;
      const values = new Set<string>(line.values);
      const accounts = written.holders.flatMap(({ entry }) => entry.accounts);
      const others = accounts.filter(({ id }) => !values.has(id));
      const [first] = others;
      const effect = first === undefined ? undefined : consequence(condition, first.id);
      if (effect === undefined) continue;
      yield {
        ...placeOfKey(condition),
        message: `this is used in ${accountsInWords(others)}, which is the account that calls, ${effect} there`,
        help: "write `{{account.id}}`, or `aws:ResourceAccount` where the account of the target is meant",
      };
    }
  },
};
