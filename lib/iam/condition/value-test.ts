import { containsRange, parseAddress, parseAddressRange } from "./address-range";
import type { AddressRange } from "./address-range";
import { arnFields, matchesArn } from "./arn-match";
import type { Comparison, ConditionOperator } from "./condition-operator";
import { parseDate } from "./date-value";
import { matchesGlob } from "./glob";
import { parseNumeric } from "./numeric-value";
import { valueGlob, valueText } from "./policy-variables";
import type { ValuePart } from "./policy-variables";

/** Whether one value of the request passes; `undefined` when it is not of the operator's type. */
export type ValueTest = (value: string) => boolean | undefined;

/**
 * The test that one value of a policy makes under an operator, without regard to negation, or
 * `undefined` when the value is not of the operator's type. Variables are resolved before.
 */
export function valueTest(
  operator: ConditionOperator,
  parts: readonly ValuePart[],
): ValueTest | undefined {
  const text = valueText(parts);
  switch (operator.family) {
    case "String":
      return stringTest(operator.comparison, parts);
    case "Arn": {
      const glob = valueGlob(parts);
      return arnFields(glob) === undefined ? undefined : (value) => matchesArn(glob, value);
    }
    case "Numeric":
      return orderedTest(operator.comparison, parseNumeric(text), parseNumeric);
    case "Date":
      return orderedTest(operator.comparison, parseDate(text), parseDate);
    case "Bool":
    case "Null":
      return isBool(text) ? (value) => (isBool(value) ? value === text : undefined) : undefined;
    case "Binary":
      return isBase64(text) ? (value) => (isBase64(value) ? value === text : undefined) : undefined;
    case "Ip": {
      const range = parseAddressRange(text);
      return range === undefined ? undefined : (value) => inRange(range, value);
    }
  }
}

function stringTest(comparison: Comparison, parts: readonly ValuePart[]): ValueTest {
  if (comparison === "like") {
    const glob = valueGlob(parts);
    return (value) => matchesGlob(glob, value);
  }
  const text = valueText(parts);
  if (comparison === "equals") return (value) => value === text;
  const folded = text.toLowerCase();
  return (value) => value.toLowerCase() === folded;
}

function orderedTest(
  comparison: Comparison,
  bound: number | undefined,
  parse: (text: string) => number | undefined,
): ValueTest | undefined {
  if (bound === undefined) return undefined;
  return (value) => {
    const number = parse(value);
    return number === undefined ? undefined : isOrdered(comparison, number, bound);
  };
}

function isOrdered(comparison: Comparison, number: number, bound: number): boolean {
  switch (comparison) {
    case "less":
      return number < bound;
    case "less-equals":
      return number <= bound;
    case "greater":
      return number > bound;
    case "greater-equals":
      return number >= bound;
    case "equals":
    case "equals-ignore-case":
    case "like":
      return number === bound;
  }
}

function inRange(range: AddressRange, value: string): boolean | undefined {
  const address = parseAddress(value);
  return address === undefined ? undefined : containsRange(range, address);
}

/** Booleans of policies are exactly `true` and `false` (rule GR-24). */
function isBool(text: string): boolean {
  return text === "true" || text === "false";
}

/** Canonical base64, so that equal bytes are equal text. A binary value of a request is held as such text too. */
function isBase64(text: string): boolean {
  return Buffer.from(text, "base64").toString("base64") === text;
}
