import { valuesOf } from "../../iam/policy-document";
import { conditionLines } from "../../iam/grammar/condition-line";
import type { Rule } from "../rule";
import { placeIn } from "../facts/written-statement";

export const networkDenyOfServices: Rule = {
  id: "CK-14",
  severity: "info",
  summary: "a deny by network excludes the calls that AWS services make for the role",
  why: "A service that acts for a role, such as CloudFormation or Athena, calls from an AWS network: the deny applies to it, too.",
  source: "IAM User Guide, reference_policies_condition-keys (aws:ViaAWSService)",
  *inDocuments(context) {
    for (const written of context.statements) {
      const { Effect, Condition, Action } = written.statement;
      if (Effect !== "Deny" || Condition === undefined) continue;
      // STS is called directly, never by a service in the caller's name.
      const stsAlone = valuesOf(Action).every((action) => /^sts:/i.test(action));
      if (Action !== undefined && stsAlone) continue;
      const lines = [...conditionLines({ Condition }, [])];
      const network = lines.find(
        ({ operator, key }) => operator.negated && NETWORK.test(key.toLowerCase()),
      );
      if (network === undefined || lines.some(({ key }) => SERVICE.test(key))) continue;
      yield {
        ...placeIn(written, ...network.at),
        atKey: true,
        message: "this also denies what AWS services do for the role, from their own networks",
        help: 'add "Bool": {"aws:ViaAWSService": "false"} to the conditions',
      };
    }
  },
};

const NETWORK = /^aws:(?:sourceip|vpcsourceip|sourcevpce?)$/;
const SERVICE = /^aws:(?:ViaAWSService|CalledVia|CalledViaFirst|CalledViaLast)$/i;
