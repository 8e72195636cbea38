import { arnFields } from "../../iam/condition/arn-match";
import { parseOperator } from "../../iam/condition/condition-operator";
import { malformation } from "../../iam/condition/evaluate-statement";
import { globOf, MANY, matchesGlob, ONE } from "../../iam/condition/glob";
import type { Glob } from "../../iam/condition/glob";
import { valuesOf } from "../../iam/policy-document";
import type { ConditionBlock, OneOrMore } from "../../iam/policy-document";
import type { OwnStatement } from "./statement-set";

/** Whether every action that a pattern names is named by another; where that is not certain, no. */
export function coversAction(wide: string, narrow: string): boolean {
  return coversText(wide.toLowerCase(), narrow.toLowerCase());
}

/** Whether every resource that a pattern names is named by another; where that is not certain, no. */
export function coversResource(wide: string, narrow: string): boolean {
  if (wide === "*" || wide === narrow) return true;
  if (!coversText(wide, narrow)) return false;
  // Wildcards span a field of an ARN, not the text (rule GR-21).
  const fields = [wide, narrow].map((pattern) => arnFields(globOf(pattern))?.map(textOf));
  const [own, other] = fields;
  return (
    own !== undefined &&
    other !== undefined &&
    own.every((field, index) => coversText(field, other[index] ?? ""))
  );
}

/** A `*` that spans a wildcard spans all that it stands for; a `?` does not span a `*`. */
function coversText(wide: string, narrow: string): boolean {
  if (wide === narrow || wide === "*") return true;
  if (wide.includes("${") || narrow.includes("${")) return false;
  if (wide.includes("?") && narrow.includes("*")) return false;
  return matchesGlob(globOf(wide), narrow);
}

function textOf(glob: Glob): string {
  return glob
    .map((part) => (part === MANY ? "*" : part === ONE ? "?" : String.fromCharCode(part)))
    .join("");
}

/**
 * Whether a condition holds only where another does, too: it tests all that the other tests, and takes no
 * further values. Where that is not certain, no.
 */
export function conditionWithin(
  narrow: ConditionBlock | undefined,
  wide: ConditionBlock | undefined,
): boolean {
  return Object.entries(wide ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) => {
      const spelled = (block: ConditionBlock | undefined): readonly OneOrMore[] =>
        Object.entries(block?.[operator] ?? {}).flatMap(([name, tested]) =>
          name.toLowerCase() === key.toLowerCase() ? [tested] : [],
        );
      const [only, ...more] = spelled(narrow);
      return (
        only !== undefined &&
        more.length === 0 &&
        spelled(wide).length === 1 &&
        valuesWithin(operator, only, values)
      );
    }),
  );
}

/** The values of a condition are alternatives; those of a negated one are all excluded (rule GR-14). */
function valuesWithin(name: string, narrow: OneOrMore, wide: OneOrMore): boolean {
  const operator = parseOperator(name);
  if (operator === undefined) return false;
  const [fewer, more] = operator.negated ? [wide, narrow] : [narrow, wide];
  const [few, all] = [new Set(valuesOf(fewer)), new Set(valuesOf(more))];
  // A variable without a value may void all that it stands with (rule GR-22).
  const isPlain =
    operator.negated || ![...all].some((each) => !few.has(each) && each.includes("${"));
  return isPlain && [...few].every((value) => all.has(value));
}

/** Pairs of actions and resources that are looked at one by one; of a larger statement all counts as uncovered. */
const MOST_PAIRS = 100_000;

/**
 * The action patterns of a statement that other statements, of whatever effect, do not cover on every resource
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
    [own, other].every(({ statement }) => malformation("identity", statement) === undefined) &&
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

/** Whether a statement names every action that a part of another one's does: a pattern, or an exception in words. */
export function namesAll(
  { statement: { Action, NotAction } }: OwnStatement,
  part: string,
): boolean {
  return coveredParts([part], elementParts(Action, NotAction, "NotAction"), coversAction).size > 0;
}
