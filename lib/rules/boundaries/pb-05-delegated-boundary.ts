import { listNames } from "../../diagnostics/nearest";
import { evaluateAction } from "../../iam/condition/evaluate-statement";
import { conditionLines } from "../../iam/grammar/condition-line";
import type { ConditionLine } from "../../iam/grammar/condition-line";
import type { Statement } from "../../iam/policy-document";
import type { Rule } from "../rule";
import type { DocumentContext } from "../rule-context";
import { placeIn } from "../facts/written-statement";
import type { WrittenStatement } from "../facts/written-statement";
import { addTo } from "../../values/group";

export const delegatedBoundary: Rule = {
  id: "PB-05",
  severity: "error",
  summary:
    "a policy that allows granting permissions under a boundary requires the boundary in every such statement",
  why: "One statement without it is enough to escape: someone limited by the boundary creates a role or user with any permissions.",
  source: "IAM User Guide, access_policies_boundaries",
  *inDocuments(context) {
    for (const statements of delegations(context)) {
      for (const written of statements) {
        if (written.statement.Effect !== "Allow" || asksForBoundary(written.statement)) continue;
        const open = GUARDED.filter(
          (action) => evaluateAction(written.statement, action).outcome === "match",
        );
        if (open.length === 0) continue;
        yield {
          ...placeIn(written, written.statement.Action === undefined ? "NotAction" : "Action"),
          message: `this allows ${listNames(open, 3)} without a boundary, which other statements here require`,
          help: 'add "StringEquals": {"iam:PermissionsBoundary": "..."} to its conditions',
        };
      }
    }
  },
};

/** What gives permissions to a role or user, and can be bound to a boundary. */
const GUARDED: readonly string[] = [
  "iam:CreateRole",
  "iam:CreateUser",
  "iam:AttachRolePolicy",
  "iam:AttachUserPolicy",
  "iam:DetachRolePolicy",
  "iam:DetachUserPolicy",
  "iam:PutRolePolicy",
  "iam:PutUserPolicy",
  "iam:PutRolePermissionsBoundary",
  "iam:PutUserPermissionsBoundary",
];

/** The statements of each permission policy that asks for a boundary somewhere. */
function delegations(context: DocumentContext): readonly (readonly WrittenStatement[])[] {
  const policies = new Map<string, WrittenStatement[]>();
  for (const written of context.statements) {
    if (!written.grants) continue;
    const key = written.document ?? written.at.slice(0, -1).join("\n");
    addTo(policies, key, written);
  }
  return [...policies.values()].filter((statements) =>
    statements.some(({ statement }) => statement.Effect === "Allow" && asksForBoundary(statement)),
  );
}

function asksForBoundary({ Condition }: Statement): boolean {
  if (Condition === undefined) return false;
  return [...conditionLines({ Condition }, [])].some(isBoundaryTest);
}

function isBoundaryTest({ operator, key }: ConditionLine): boolean {
  return key.toLowerCase() === "iam:permissionsboundary" && !operator.negated && !operator.ifExists;
}
