import { valuesOf } from "../../iam/policy-document";
import type { OneOrMore, Statement } from "../../iam/policy-document";
import { conditionWithin } from "./condition-within";
import { coversAction, coversResource } from "./covers";

/** A statement of an identity policy, and whether `${` is a variable in it (rule GR-01). */
export interface OwnStatement {
  readonly statement: Statement;
  readonly variables: boolean;
}

/** Pairs of actions and resources that are looked at one by one; of a larger statement all counts as uncovered. */
const MOST_PAIRS = 100_000;

/**
 * The action patterns of a statement that other statements of the same effect do not cover on every resource
 * and under every condition, as it writes them; of one with `NotAction` that element in words. What is not
 * certain is not covered.
 */
export function uncoveredActions(
  own: OwnStatement,
  others: readonly OwnStatement[],
): readonly string[] {
  const { statement } = own;
  const actions = elementParts(statement.Action, statement.NotAction, "NotAction");
  const resources = elementParts(statement.Resource, statement.NotResource, "NotResource");
  const covering = others
    .filter((other) => isComparable(own, other))
    .map(({ statement: other }) => ({
      actions: coveredParts(
        actions,
        elementParts(other.Action, other.NotAction, "NotAction"),
        coversAction,
      ),
      resources: coveredParts(
        resources,
        elementParts(other.Resource, other.NotResource, "NotResource"),
        coversResource,
      ),
    }))
    .filter((each) => each.actions.size > 0 && each.resources.size > 0);
  const whole = covering.filter((each) => each.resources.size === resources.length);
  const left = actions.filter((action) => !whole.some((each) => each.actions.has(action)));
  if (left.length * resources.length > MOST_PAIRS) return left;
  return left.filter((action) =>
    resources.some(
      (resource) =>
        !covering.some((each) => each.actions.has(action) && each.resources.has(resource)),
    ),
  );
}

function isComparable(own: OwnStatement, other: OwnStatement): boolean {
  const text = JSON.stringify([own.statement, other.statement]);
  return (
    (own.variables === other.variables || !text.includes("${")) &&
    conditionWithin(own.statement.Condition, other.statement.Condition)
  );
}

/** Patterns; for an exception, one part that is equal for equal exceptions. */
function elementParts(
  named: OneOrMore | undefined,
  excepted: OneOrMore | undefined,
  exception: "NotAction" | "NotResource",
): readonly string[] {
  if (named !== undefined) return [...new Set(valuesOf(named))];
  return [`${exception} ${[...new Set(valuesOf(excepted))].sort().join(", ")}`];
}

function coveredParts(
  parts: readonly string[],
  wide: readonly string[],
  covers: (wide: string, narrow: string) => boolean,
): ReadonlySet<string> {
  const equal = new Set(wide);
  const patterns = wide.filter((each) => /[*?]/.test(each) && !isException(each));
  return new Set(
    parts.filter(
      (part) =>
        equal.has(part) ||
        patterns.some(
          (pattern) => pattern === "*" || (!isException(part) && covers(pattern, part)),
        ),
    ),
  );
}

function isException(part: string): boolean {
  return part.startsWith("NotAction ") || part.startsWith("NotResource ");
}
