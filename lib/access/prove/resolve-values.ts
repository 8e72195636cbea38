import type { ConditionOperator } from "../../iam/condition/condition-operator";
import { takesVariables } from "../../iam/condition/evaluate-condition";
import { resolveVariables, withoutVariables } from "../../iam/condition/policy-variables";
import type { ValuePart } from "../../iam/condition/policy-variables";
import type { KeySpace } from "./request-space";

/** A value with a variable that depends on the request. */
export interface OpenPolicyValue {
  readonly text: string;
  /** The value with nothing in the place of those variables. */
  readonly rest: readonly ValuePart[];
  /** Keys of variables that the scenario leaves open, and whether a default stands in where a key is absent. */
  readonly variables: readonly { readonly key: string; readonly hasDefault: boolean }[];
}

/** The values of a condition, with the variables replaced whose keys a scenario fixes. */
export interface ResolvedValues {
  readonly values: readonly (readonly ValuePart[])[];
  readonly open: readonly OpenPolicyValue[];
  /** A variable that has no value in any request of the scenario. */
  readonly unresolved: string | undefined;
  /** The values of the variables' keys. */
  readonly inserted: Readonly<Record<string, readonly string[]>>;
}

/** Replaces variables whose keys the scenario fixes, or is assumed to; the others are reported. */
export function resolveValues(
  operator: ConditionOperator,
  values: readonly string[],
  space: KeySpace,
  variables: boolean,
): ResolvedValues {
  if (!variables || !takesVariables(operator)) {
    return {
      values: values.map((value) => withoutVariables(value).parts),
      open: [],
      unresolved: undefined,
      inserted: {},
    };
  }
  const inserted: Record<string, readonly string[]> = {};
  const resolved: (readonly ValuePart[])[] = [];
  const open: OpenPolicyValue[] = [];
  let unresolved: string | undefined;
  for (const text of values) {
    const asked: string[] = [];
    const lookup = (key: string): string | undefined => {
      const { fixed } = space.keyState(key);
      if (fixed === undefined) {
        const assumed = space.assumed.get(key.toLowerCase());
        if (assumed === undefined) asked.push(key);
        // Stands for whatever it is, so that the other variables of the value are looked up, too.
        return assumed ?? "";
      }
      inserted[key] = fixed;
      return fixed.length === 1 ? fixed[0] : undefined;
    };
    const result = resolveVariables(text, lookup);
    if ("unresolved" in result) unresolved ??= result.unresolved;
    else if (asked.length === 0) resolved.push(result.parts);
    else {
      for (const key of asked) space.open.add(key.toLowerCase());
      const hasDefault = (key: string): boolean => defaults(text).has(key.toLowerCase());
      open.push({
        text,
        rest: result.parts,
        variables: asked.map((key) => ({ key, hasDefault: hasDefault(key) })),
      });
    }
  }
  return { values: resolved, open, unresolved, inserted };
}

/** Keys of variables that have a default wherever the value inserts them, in lower case. */
function defaults(text: string): ReadonlySet<string> {
  const bare = new Set(
    [...text.matchAll(/\$\{([^,}]*)\}/g)].map(([, key = ""]) => key.trim().toLowerCase()),
  );
  return new Set(
    [...text.matchAll(/\$\{([^,}]*),[^}]*\}/g)]
      .map(([, key = ""]) => key.trim().toLowerCase())
      .filter((key) => !bare.has(key)),
  );
}
