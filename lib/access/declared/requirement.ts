import type { Statement } from "../../iam/policy-document";

/** Operator and key to values: what a request must show. */
export type Requirement = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** Literal or pattern, a value matches as `StringLike` says. */
export function matching(key: string, values: readonly string[]): Requirement {
  return values.length === 0 ? {} : { StringLike: { [key]: values } };
}

/** A value is one of these. */
export function equal(key: string, values: readonly string[]): Requirement {
  return values.length === 0 ? {} : { StringEquals: { [key]: values } };
}

/** An ARN is one of these, field by field. */
export function exactly(key: string, arns: readonly string[]): Requirement {
  return { ArnEquals: { [key]: arns } };
}

/** All requirements together; no two of them are about one operator and key. */
export function merge(...requirements: readonly Requirement[]): Requirement {
  const merged: Record<string, Record<string, readonly string[]>> = {};
  for (const requirement of requirements) {
    for (const [operator, keys] of Object.entries(requirement)) {
      for (const [key, values] of Object.entries(keys)) {
        const known = (merged[operator] ??= {});
        if (known[key] !== undefined) throw new Error(`${operator} ${key} is declared twice`);
        known[key] = values;
      }
    }
  }
  return merged;
}

/** A set of callers: what the statement names, the call that it is about, and what binds it. */
export interface Callers {
  readonly principal: NonNullable<Statement["Principal"]>;
  readonly action: string;
  readonly binding: Requirement;
}
