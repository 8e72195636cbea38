import { accountsOutsideCondition } from "../facts/foreign-holder";
import type { Rule } from "../rule";
import { consequence, placeOfKey, writtenConditions } from "../facts/written-condition";

export const ownOrganizationCondition: Rule = {
  id: "SEED-2",
  severity: "warning",
  summary: "the policy of a role does not test the role's own organization",
  why: "aws:PrincipalOrgID is the caller's organization, which is always the same in the caller's own policy. It does not test the target, which most people intend.",
  source: "IAM User Guide, reference_policies_condition-keys",
  *inDocuments(context) {
    for (const condition of writtenConditions(
      context.statements,
      (key) => key === "aws:principalorgid",
    )) {
      if (accountsOutsideCondition(condition).length > 0) continue; // rule CK-01
      const effect = consequence(condition, condition.line.values[0]);
      if (effect === undefined) continue;
      yield {
        ...placeOfKey(condition),
        message: `this tests the organization of the role itself, which is always the same, ${effect}`,
        help: "write `aws:ResourceOrgID` to test the organization of what is acted on, or remove the condition",
      };
    }
  },
};
