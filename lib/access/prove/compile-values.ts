import { parseAddressRange } from "../../iam/condition/address-range";
import type { ConditionOperator } from "../../iam/condition/condition-operator";
import { parseDate } from "../../iam/condition/date-value";
import { parseNumeric } from "../../iam/condition/numeric-value";
import { valueGlob, valueText } from "../../iam/condition/policy-variables";
import type { ValuePart } from "../../iam/condition/policy-variables";
import { FALSE, ask, not, or } from "./formula";
import type { Formula } from "./formula";
import type { NumberTest } from "./solvers/number-solver";
import type { OpenValue } from "./open-value";
import { elementAtom, stringAtom } from "./request-space";
import { arnGlob, glob, pattern, text, textIgnoringCase } from "./solvers/string-pattern";
import type { StringPattern, Token } from "./solvers/string-pattern";

/** What a value, or the values of a set, have to do with the operator's test. */
export interface ValueFormulas {
  /** Some value of the key passes (a negated operator: passes none of the values of the policy). */
  readonly some: Formula;
  /** Every value of the key passes. */
  readonly every: Formula;
}

/** When the values of an open key pass the test that an operator makes of the values of a policy. */
export function valueFormulas(
  operator: ConditionOperator,
  values: readonly (readonly ValuePart[])[],
  value: OpenValue,
): ValueFormulas {
  if (value.kind === "element") {
    return elementFormulas(operator, values, value);
  }
  const positive = or(...values.map((parts) => valueFormula(operator, parts, value)));
  const passes = operator.negated ? not(positive) : positive;
  return { some: passes, every: passes };
}

function elementFormulas(
  operator: ConditionOperator,
  values: readonly (readonly ValuePart[])[],
  { dimension, wildcard }: OpenValue,
): ValueFormulas {
  const patterns = values.map((parts) => pattern(tokens(operator, parts, wildcard)));
  const has = (inside: readonly StringPattern[], outside: readonly StringPattern[]): Formula =>
    ask(elementAtom(dimension, { inside, outside }));
  const matching = or(...patterns.map((each) => has([each], [])));
  const other = has([], patterns);
  return operator.negated
    ? { some: other, every: not(matching) }
    : { some: matching, every: not(other) };
}

/** When one value of a policy is passed, without regard to negation. */
function valueFormula(
  operator: ConditionOperator,
  parts: readonly ValuePart[],
  { dimension, kind, wildcard, place, of }: OpenValue,
): Formula {
  if (kind === "address") {
    const range = parseAddressRange(valueText(parts));
    if (range === undefined) return FALSE;
    return ask({
      kind: "address",
      id: `${dimension} ${range.family} ${range.first}-${range.last}`,
      dimension,
      range,
    });
  }
  if (kind === "number" || kind === "time") return numberFormula(operator, parts, dimension, of);
  // The value of a key that is part of something else is never an ARN.
  if (operator.family === "Arn" && place !== undefined) return FALSE;
  const spelled = tokens(operator, parts, wildcard);
  return ask(stringAtom(dimension, place === undefined ? pattern(spelled) : place(spelled)));
}

function tokens(
  operator: ConditionOperator,
  parts: readonly ValuePart[],
  wildcard: OpenValue["wildcard"],
): readonly Token[] {
  if (operator.family === "Arn") return arnGlob(valueGlob(parts));
  if (operator.comparison === "like") return glob(valueGlob(parts), wildcard);
  const value = valueText(parts);
  return operator.comparison === "equals" ? text(value) : textIgnoringCase(value);
}

function numberFormula(
  { family, comparison }: ConditionOperator,
  parts: readonly ValuePart[],
  dimension: string,
  of: OpenValue["of"],
): Formula {
  const written = valueText(parts);
  const date = parseDate(written);
  const bound =
    family === "Numeric" ? parseNumeric(written) : date === undefined ? undefined : date / 1000;
  if (bound === undefined) return FALSE;
  const number = (test: NumberTest): Formula =>
    ask({
      kind: "number",
      id: `${dimension} ${of ?? ""} ${test.comparison} ${test.bound}`,
      dimension,
      test,
      of,
    });
  switch (comparison) {
    case "less":
    case "less-equals":
      return number({ comparison, bound });
    case "greater":
      return not(number({ comparison: "less-equals", bound }));
    case "greater-equals":
      return not(number({ comparison: "less", bound }));
    case "equals":
    case "equals-ignore-case":
    case "like":
      return number({ comparison: "equals", bound });
  }
}
