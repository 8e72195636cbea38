import { formatAccounts } from "../facts/accounts-in-words";
import type { Rule } from "../rule";
import { consequence, placeOfKey, writtenConditions } from "../facts/written-condition";

export const accountOfCaller: Rule = {
  id: "CK-09",
  severity: "warning",
  summary: "a policy that tests the account of its role is used only in that account",
  why: "aws:PrincipalAccount is always present, and in a role's policy it is always the role's own account.",
  source: "IAM User Guide, reference_policies_condition-keys",
  *inMap(context) {
    for (const condition of writtenConditions(
      context.statements,
      (key) => key === "aws:principalaccount",
    )) {
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
        message: `this is used in ${formatAccounts(others)}, which is the account that calls, ${effect} there`,
        help: "write `{{account.id}}`, or `aws:ResourceAccount` if the target's account is meant",
      };
    }
  },
};
