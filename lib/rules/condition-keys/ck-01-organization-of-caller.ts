import { formatAccounts } from "../facts/accounts-in-words";
import { accountsOutsideCondition } from "../facts/foreign-holder";
import type { Rule } from "../rule";
import { consequence, placeOfKey, writtenConditions } from "../facts/written-condition";

export const organizationOfCaller: Rule = {
  id: "CK-01",
  severity: "warning",
  summary:
    "a policy that tests the organization of its role is used only in accounts of that organization",
  why: "aws:PrincipalOrgID is the organization of the calling account: if that is another one, or none, the result never changes.",
  source: "IAM User Guide, reference_policies_condition-keys",
  *inMap(context) {
    for (const condition of writtenConditions(
      context.statements,
      (key) => key === "aws:principalorgid",
    )) {
      const foreign = accountsOutsideCondition(condition);
      const [first] = foreign;
      if (first === undefined) continue;
      const { organization } = first;
      const effect = consequence(condition, organization?.id);
      if (effect === undefined) continue;
      yield {
        ...placeOfKey(condition),
        message: `this is used in ${formatAccounts(foreign)}, of ${organization === undefined ? "no organization" : `the organization ${organization.id}`}, ${effect} there`,
        help: "remove the condition, or write `aws:ResourceOrgID` if the target's organization is meant",
      };
    }
  },
};
