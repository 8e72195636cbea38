/** What kind of values an operator compares; `Null` asks for presence only. */
export type OperatorFamily =
  "String" | "Numeric" | "Date" | "Bool" | "Binary" | "Ip" | "Arn" | "Null";

/** How one value of the request is held against one value of the policy. */
export type Comparison =
  "equals" | "equals-ignore-case" | "like" | "less" | "less-equals" | "greater" | "greater-equals";

/** A condition operator taken apart (rule GR-15). */
export interface ConditionOperator {
  readonly family: OperatorFamily;
  readonly comparison: Comparison;
  /** `...Not...`: the complement of the comparison, over all values of the policy together (rule GR-14). */
  readonly negated: boolean;
  /** `ForAnyValue:` or `ForAllValues:` before the name (rules GR-17, GR-18). */
  readonly quantifier: "none" | "any" | "all";
  /** `IfExists` behind the name: true when the key is absent (rule GR-16). */
  readonly ifExists: boolean;
}

type Base = Pick<ConditionOperator, "family" | "comparison" | "negated">;

/**
 * The operator of this name, or `undefined` when there is none. `Null` takes neither prefix nor suffix
 * (rule GR-15).
 *
 * Names are case-sensitive: IAM rejects `stringEquals` as `MalformedPolicyDocument: Invalid Condition
 * type`, so a name in another case is no operator here either.
 */
export function parseOperator(name: string): ConditionOperator | undefined {
  const known = parsed.get(name);
  if (known !== undefined) return known;
  const operator = parse(name);
  if (operator !== undefined) parsed.set(name, operator);
  return operator;
}

/** The operators that were met; of all others there can be any number. */
const parsed = new Map<string, ConditionOperator>();

function parse(name: string): ConditionOperator | undefined {
  const { quantifier, base, ifExists } = NAME.exec(name)?.groups ?? {};
  const found = base === undefined ? undefined : OPERATORS.get(base);
  if (found === undefined) return undefined;
  if (found.family === "Null" && (quantifier !== undefined || ifExists !== undefined)) {
    return undefined;
  }
  return {
    ...found,
    quantifier: quantifier === "ForAnyValue:" ? "any" : quantifier === undefined ? "none" : "all",
    ifExists: ifExists !== undefined,
  };
}

const NAME =
  /^(?<quantifier>ForAnyValue:|ForAllValues:)?(?<base>[A-Za-z]+?)(?<ifExists>IfExists)?$/;

function base(family: OperatorFamily, comparison: Comparison, negated = false): Base {
  return { family, comparison, negated };
}

function ordered(family: "Numeric" | "Date"): [string, Base][] {
  return [
    [`${family}Equals`, base(family, "equals")],
    [`${family}NotEquals`, base(family, "equals", true)],
    [`${family}LessThan`, base(family, "less")],
    [`${family}LessThanEquals`, base(family, "less-equals")],
    [`${family}GreaterThan`, base(family, "greater")],
    [`${family}GreaterThanEquals`, base(family, "greater-equals")],
  ];
}

const OPERATORS: ReadonlyMap<string, Base> = new Map([
  ["StringEquals", base("String", "equals")],
  ["StringNotEquals", base("String", "equals", true)],
  ["StringEqualsIgnoreCase", base("String", "equals-ignore-case")],
  ["StringNotEqualsIgnoreCase", base("String", "equals-ignore-case", true)],
  ["StringLike", base("String", "like")],
  ["StringNotLike", base("String", "like", true)],
  ...ordered("Numeric"),
  ...ordered("Date"),
  ["Bool", base("Bool", "equals")],
  ["BinaryEquals", base("Binary", "equals")],
  ["IpAddress", base("Ip", "equals")],
  ["NotIpAddress", base("Ip", "equals", true)],
  ["ArnEquals", base("Arn", "like")],
  ["ArnLike", base("Arn", "like")],
  ["ArnNotEquals", base("Arn", "like", true)],
  ["ArnNotLike", base("Arn", "like", true)],
  ["Null", base("Null", "equals")],
]);

/** The names of all operators without prefix and suffix, as the grammar has them (rule GR-15). */
export const OPERATOR_NAMES: readonly string[] = [...OPERATORS.keys()];
