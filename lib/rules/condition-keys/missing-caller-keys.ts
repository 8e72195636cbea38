import { evaluateKey } from "../../iam/condition/evaluate-condition";
import { requestContext } from "../../iam/condition/request-context";
import { conditionLines } from "../../iam/grammar/condition-line";
import { valuesOf } from "../../iam/policy-document";
import type { StatementShape } from "../../iam/policy-shape";
import type { RuleFinding } from "../rule-finding";
import type { DocumentContext } from "../rule-context";

/** Keys of users and role sessions alone (rules CK-01, CK-07, CK-20). */
const KEYS: ReadonlySet<string> = new Set([
  "aws:principalarn",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:username",
]);

/** Statements for services or for federated callers that ask for keys which such calls never have (rules CK-03 and CK-04). */
export function* missingKeys(
  { documents }: DocumentContext,
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
