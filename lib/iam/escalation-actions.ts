import { matchesAction } from "./condition/action-match";
import { ESCALATION_TARGETS } from "./data/escalation-paths";
import { valuesOf } from "./policy-document";
import type { Statement } from "./policy-document";

/** The actions of the ways to gain permissions that a statement covers, allowed or denied. */
export function coveredActions(statement: Statement): readonly string[] {
  const known = covered.get(statement);
  if (known !== undefined) return known;
  const named = new Set(valuesOf(statement.Action ?? statement.NotAction).flatMap(actionsOf));
  const actions =
    statement.Action === undefined ? ACTIONS.filter((each) => !named.has(each)) : [...named];
  covered.set(statement, actions);
  return actions;
}

const ACTIONS = Object.keys(ESCALATION_TARGETS);

/** What was found before: a managed policy is carried by many roles. */
const covered = new WeakMap<Statement, readonly string[]>();
const byPattern = new Map<string, readonly string[]>();

function actionsOf(pattern: string): readonly string[] {
  const known = byPattern.get(pattern);
  if (known !== undefined) return known;
  const actions = ACTIONS.filter((action) => matchesAction(pattern, action));
  byPattern.set(pattern, actions);
  return actions;
}
