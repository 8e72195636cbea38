import { parseOperator } from "../condition/condition-operator";
import type { ConditionOperator } from "../condition/condition-operator";
import { valuesOf } from "../policy-document";
import type { PolicyPath, StatementShape } from "../policy-shape";

/** One operator, one key and its values: a condition of a statement, with its place. */
export interface ConditionLine {
  /** The operator as written. */
  readonly name: string;
  readonly operator: ConditionOperator;
  /** The key as written; case does not count (rule GR-13). */
  readonly key: string;
  readonly values: readonly string[];
  /** The place of the key and its values. */
  readonly at: PolicyPath;
}

/** The conditions of a statement whose operators exist. */
export function* conditionLines(
  { Condition }: StatementShape,
  at: PolicyPath,
): Iterable<ConditionLine> {
  for (const [name, keys] of Object.entries(Condition ?? {})) {
    const operator = parseOperator(name);
    if (operator === undefined) continue;
    for (const [key, values] of Object.entries(keys)) {
      const place = [...at, "Condition", name, key];
      yield { name, operator, key, values: valuesOf(values), at: place };
    }
  }
}
