import { evaluateKey } from "../../iam/condition/evaluate-condition";
import { requestContext } from "../../iam/condition/request-context";
import { conditionLines } from "../../iam/grammar/condition-line";
import { valuesOf } from "../../iam/policy-document";
import type { StatementShape } from "../../iam/policy-shape";
import type { Rule, RuleFinding, RuleInput } from "../rule";

export const serviceCallerKeys: Rule = {
  id: "CK-03",
  severity: "error",
  summary: "a statement for a service asks for nothing that only users and roles have",
  why: "The organization, the ARN and the name of a user or role are missing in calls of services: the statement never matches. In a map each kind of principal has its own statement, without such keys.",
  source: "IAM User Guide, reference_policies_condition-keys",
  *check(input) {
    yield* missingKeys(input, "Service", "calls of services");
  },
};

export const federatedCallerKeys: Rule = {
  id: "CK-04",
  severity: "error",
  summary: "a statement for OIDC or SAML asks for nothing that only users and roles have",
  why: "The organization, the ARN and the name of a user or role are missing in calls of federated callers: the statement never matches. In a map each kind of principal has its own statement, without such keys.",
  source:
    "aws-samples/data-perimeter-policy-examples, resource_control_policies; IAM User Guide, reference_policies_condition-keys",
  *check(input) {
    yield* missingKeys(input, "Federated", "calls with tokens of identity providers");
  },
};

/** Keys of users and role sessions alone (rules CK-01, CK-07, CK-20). */
const KEYS: ReadonlySet<string> = new Set([
  "aws:principalarn",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:username",
]);

function* missingKeys(
  { documents }: RuleInput,
  kind: "Service" | "Federated",
  calls: string,
): Generator<RuleFinding> {
  for (const [document, { document: shape }] of documents) {
    for (const [index, statement] of (shape.Statement ?? []).entries()) {
      const names = statement === null ? [] : namesOf(statement, kind);
      if (statement === null || names.length === 0) continue;
      for (const { key, at, operator, values } of conditionLines(statement, ["Statement", index])) {
        if (!KEYS.has(key.toLowerCase())) continue;
        if (evaluateKey(operator, key, values, requestContext({}), true).outcome !== "no-match") {
          continue;
        }
        const verb = statement.Effect === "Deny" ? "denies" : "allows";
        yield {
          at,
          document,
          atKey: true,
          message: `${calls} have no \`${key}\`, so the statement ${verb} nothing to \`${names.join("`, `")}\``,
          help: "remove the condition, or give these principals a statement of their own without it",
        };
      }
    }
  }
}

function namesOf({ Principal }: StatementShape, kind: "Service" | "Federated"): readonly string[] {
  return typeof Principal === "object" ? valuesOf(Principal[kind]) : [];
}
