import { globOf, matchesGlob } from "../condition/glob";
import { ESCALATION_TARGETS } from "../data/escalation-paths";
import { valuesOf } from "../policy-document";
import type { Statement } from "../policy-document";
import { addTo } from "../../values/group";

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
const LOWER_CASE = ACTIONS.map((action) => ({ action, text: action.toLowerCase() }));
const BY_SERVICE = new Map<string, typeof LOWER_CASE>();
for (const each of LOWER_CASE) {
  const service = serviceOf(each.text);
  addTo(BY_SERVICE, service, each);
}

/** What was found before: a managed policy is carried by many roles. */
const covered = new WeakMap<Statement, readonly string[]>();
const byPattern = new Map<string, readonly string[]>();

function actionsOf(pattern: string): readonly string[] {
  const known = byPattern.get(pattern);
  if (known !== undefined) return known;
  const wanted = pattern.toLowerCase();
  const service = serviceOf(wanted);
  // Nearly all patterns name one service.
  const possible = /[*?]/.test(service) ? LOWER_CASE : (BY_SERVICE.get(service) ?? []);
  const glob = globOf(wanted);
  const actions = possible.flatMap(({ action, text }) => (matchesGlob(glob, text) ? [action] : []));
  byPattern.set(pattern, actions);
  return actions;
}

function serviceOf(action: string): string {
  return action.split(":", 1)[0] ?? "";
}
