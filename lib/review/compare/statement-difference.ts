import { hasVariables } from "../../iam/condition/evaluate-policy";
import type { PolicyDocument } from "../../iam/policy-document";
import { canonicalDocument } from "../../iam/policy-text";
import { uncoveredActions } from "./uncovered-actions";
import type { OwnStatement } from "./uncovered-actions";

/** What statements may have gained and lost, by action patterns; nothing of one is certain, all of it is possible. */
export interface StatementDifference {
  /** Whether the statements are the same, in whatever order and under whatever names. */
  readonly same: boolean;
  readonly gained: readonly string[];
  readonly lost: readonly string[];
}

/**
 * Compares what documents say together, statement by statement: an Allow that goes, or a Deny that comes, takes
 * something away unless another statement covers it; the other way round it gives. An empty list is
 * certain: nothing is gained, or nothing lost.
 */
export function statementDifference(
  base: readonly PolicyDocument[],
  head: readonly PolicyDocument[],
): StatementDifference {
  const before = statementsOf(base);
  const after = statementsOf(head);
  const added = [...after].flatMap(([text, own]) => (before.has(text) ? [] : [own]));
  const removed = [...before].flatMap(([text, own]) => (after.has(text) ? [] : [own]));
  const open = (
    changed: readonly OwnStatement[],
    others: ReadonlyMap<string, OwnStatement>,
    effect: "Allow" | "Deny",
  ): readonly string[] => {
    const alike = [...others.values()].filter(({ statement }) => statement.Effect === effect);
    return changed
      .filter(({ statement }) => statement.Effect === effect)
      .flatMap((own) => uncoveredActions(own, alike));
  };
  return {
    same: added.length === 0 && removed.length === 0,
    gained: unique([...open(added, before, "Allow"), ...open(removed, after, "Deny")]),
    lost: unique([...open(removed, after, "Allow"), ...open(added, before, "Deny")]),
  };
}

/** Statements by a text that is the same for those that mean the same. */
function statementsOf(documents: readonly PolicyDocument[]): ReadonlyMap<string, OwnStatement> {
  return new Map(
    documents.flatMap((document) => {
      const variables = hasVariables(document);
      return canonicalDocument(document).Statement.map(({ Sid: _, ...statement }) => {
        const text = JSON.stringify(statement);
        const key = text.includes("${") ? `${String(variables)} ${text}` : text;
        return [key, { statement, variables }] as const;
      });
    }),
  );
}

function unique(patterns: readonly string[]): readonly string[] {
  return [...new Set(patterns)].sort();
}
