import { valuesOf } from "../policy-document";
import type { Statement } from "../policy-document";
import { matchesAction } from "./action-match";
import type { Caller } from "./caller";
import { evaluateCondition } from "./evaluate-condition";
import { allOf, anyOf, match, negate, noMatch, unknown } from "./outcome";
import type { Outcome } from "./outcome";
import { resolveVariables, valueGlob, withoutVariables } from "./policy-variables";
import { matchNotPrincipal, matchPrincipal } from "./principal-match";
import type { PrincipalWay } from "./principal-match";
import { contextValue } from "./request-context";
import type { RequestContext } from "./request-context";
import { matchResource } from "./resource-match";

/**
 * Where a statement stands: in an identity policy (also a boundary, a session policy, a service control
 * policy), which names resources; in a trust policy, which names principals; in a resource control
 * policy, which names both (rules GR-04, GR-05).
 */
export type PolicyKind = "identity" | "trust" | "resource-control";

/** What a statement is asked about. */
export interface StatementRequest {
  readonly caller: Caller;
  /** The action with its service, such as `sts:AssumeRole`. */
  readonly action: string;
  /** ARN of the resource: for the actions of STS, of the role. */
  readonly resource: string;
  readonly context: RequestContext;
}

/** Whether a statement applies to a request, and how its Principal element names the caller. */
export interface StatementOutcome extends Outcome {
  /** Empty where the statement has no Principal element or does not apply. */
  readonly ways: readonly PrincipalWay[];
}

/**
 * Whether a statement applies to a request; its effect is the caller's to read. Never throws: what IAM
 * would have rejected is `unknown`.
 *
 * @param variables whether `${...}` is a variable in the document (rule GR-01)
 */
export function evaluateStatement(
  kind: PolicyKind,
  statement: Statement,
  request: StatementRequest,
  variables: boolean,
): StatementOutcome {
  const malformed = malformation(kind, statement);
  if (malformed !== undefined) return { ...unknown(malformed), ways: [] };
  const action = evaluateAction(statement, request.action);
  if (action.outcome === "no-match") return { ...action, ways: [] };
  const principal = evaluatePrincipal(statement, request.caller);
  if (principal.outcome === "no-match") return { ...principal, ways: [] };
  const outcome = allOf(
    [
      action,
      principal,
      evaluateResource(statement, request, variables),
      evaluateCondition(statement.Condition, request.context, variables),
    ],
    "the statement applies",
  );
  return { ...outcome, ways: outcome.outcome === "no-match" ? [] : principal.ways };
}

/** What of the grammar a statement breaks so that nothing can be said of it, or `undefined`. */
export function malformation(kind: PolicyKind, statement: Statement): string | undefined {
  const { Principal, NotPrincipal, Action, NotAction, Resource, NotResource } = statement;
  const pairs = [
    ["Principal", Principal, NotPrincipal, kind !== "identity"],
    ["Action", Action, NotAction, true],
    ["Resource", Resource, NotResource, kind !== "trust"],
  ] as const;
  for (const [name, positive, negative, wanted] of pairs) {
    const present = [positive, negative].filter((element) => element !== undefined);
    if (!wanted && present.length > 0) return `${name} has no place in this kind of policy`;
    if (wanted && present.length === 0) return `${name} is missing`;
    if (present.length > 1) return `${name} and Not${name} exclude each other`;
    if (present.some((element) => Array.isArray(element) && element.length === 0)) {
      return `${name} is empty`;
    }
  }
  return undefined;
}

/** Whether the Action or NotAction element of a statement covers an action. */
export function evaluateAction({ Action, NotAction }: Statement, action: string): Outcome {
  const named = valuesOf(Action ?? NotAction).some((pattern) => matchesAction(pattern, action));
  const applies = named === (Action !== undefined);
  return applies ? match(`${action} is named`) : noMatch(`${action} is not named`);
}

function evaluatePrincipal(
  { Principal, NotPrincipal }: Statement,
  caller: Caller,
): StatementOutcome {
  if (NotPrincipal !== undefined) {
    // An exception says nothing of how the caller is named: as if it were anyone.
    return { ...matchNotPrincipal(NotPrincipal, caller), ways: ["anyone"] };
  }
  if (Principal !== undefined) return matchPrincipal(Principal, caller);
  return { ...match("the policy belongs to the caller"), ways: [] };
}

function evaluateResource(
  { Resource, NotResource }: Statement,
  { resource, context }: StatementRequest,
  variables: boolean,
): Outcome {
  const patterns = valuesOf(Resource ?? NotResource);
  if (patterns.length === 0) return match("the policy belongs to the resource");
  let unresolved: string | undefined;
  const outcomes: Outcome[] = [];
  for (const pattern of patterns) {
    const value = variables
      ? resolveVariables(pattern, (key) => contextValue(context, key))
      : withoutVariables(pattern);
    if ("unresolved" in value) unresolved = value.unresolved;
    else outcomes.push(matchResource(valueGlob(value.parts), resource));
  }
  const named = anyOf(outcomes, "the resource is not named");
  const applies = Resource === undefined ? negate(named) : named;
  return unresolved === undefined || applies.outcome === "no-match"
    ? applies
    : unknown(`${unresolved} has no single value`);
}
