import type { ConditionOperator } from "../../iam/condition/condition-operator";
import { takesVariables } from "../../iam/condition/evaluate-condition";
import { resolveVariables, withoutVariables } from "../../iam/condition/policy-variables";
import type { ValuePart } from "../../iam/condition/policy-variables";
import type { KeySpace } from "./request-space";

/** The values of a condition, with the variables replaced whose keys a scenario fixes. */
export type ResolvedValues =
  /** A variable whose value depends on the request. */
  | { readonly open: string }
  | {
      readonly values: readonly (readonly ValuePart[])[];
      /** A variable that has no value in any request of the scenario. */
      readonly unresolved: string | undefined;
      /** The values of the variables' keys. */
      readonly inserted: Readonly<Record<string, readonly string[]>>;
    };

/** Replaces variables whose keys the scenario fixes; the others are reported. */
export function resolveValues(
  operator: ConditionOperator,
  values: readonly string[],
  space: KeySpace,
  variables: boolean,
): ResolvedValues {
  if (!variables || !takesVariables(operator)) {
    return {
      values: values.map((value) => withoutVariables(value).parts),
      unresolved: undefined,
      inserted: {},
    };
  }
  const inserted: Record<string, readonly string[]> = {};
  const resolved: (readonly ValuePart[])[] = [];
  let unresolved: string | undefined;
  let open: string | undefined;
  const lookup = (key: string): string | undefined => {
    const { fixed } = space.keyState(key);
    if (fixed === undefined) open ??= `\${${key}}`;
    else inserted[key] = fixed;
    return fixed?.length === 1 ? fixed[0] : undefined;
  };
  for (const value of values) {
    const result = resolveVariables(value, lookup);
    if ("unresolved" in result) unresolved ??= result.unresolved;
    else resolved.push(result.parts);
  }
  return open === undefined ? { values: resolved, unresolved, inserted } : { open };
}
