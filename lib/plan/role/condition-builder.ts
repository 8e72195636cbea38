import { isMultiValuedClaim } from "../../iam/federation/issuer-claims";
import type { ConditionBlock, Statement } from "../../iam/policy-document";

/** Collects conditions; the same operator and key twice would silently lose one (rule GR-13), so that is a bug. */
export class ConditionBuilder {
  readonly #operators = new Map<string, Map<string, readonly string[]>>();

  /** Adds a condition; no values, no condition. */
  add(operator: string, key: string, values: readonly string[]): this {
    if (values.length === 0) return this;
    const keys = this.#operators.get(operator) ?? new Map<string, readonly string[]>();
    if (keys.has(key)) throw new Error(`condition ${operator} ${key} is set twice`);
    keys.set(key, values);
    this.#operators.set(operator, keys);
    return this;
  }

  /** Adds values that may hold `*` and `?`: with wildcards they need the Like operator (rule GR-19), and a claim with several values a set operator (GR-18). */
  match(key: string, values: readonly string[]): this {
    const operator = values.some((value) => /[*?]/.test(value)) ? "StringLike" : "StringEquals";
    return this.add(isMultiValuedClaim(key) ? `ForAnyValue:${operator}` : operator, key, values);
  }

  /** The `Condition` of a statement, or nothing. */
  build(): Pick<Statement, "Condition"> {
    if (this.#operators.size === 0) return {};
    const block: Record<string, Record<string, readonly string[]>> = {};
    for (const [operator, keys] of this.#operators) block[operator] = Object.fromEntries(keys);
    return { Condition: block satisfies ConditionBlock };
  }
}
