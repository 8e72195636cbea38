import { parseOperator } from "../../iam/condition/condition-operator";
import { valuesOf } from "../../iam/policy-document";
import type { ConditionBlock, OneOrMore } from "../../iam/policy-document";

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
      const own = Object.entries(narrow?.[operator] ?? {}).filter(
        ([name]) => name.toLowerCase() === key.toLowerCase(),
      );
      const [only, ...more] = own;
      return only !== undefined && more.length === 0 && valuesWithin(operator, only[1], values);
    }),
  );
}

/** The values of a condition are alternatives; those of a negated one are all excluded (rule GR-14). */
function valuesWithin(operator: string, narrow: OneOrMore, wide: OneOrMore): boolean {
  const [fewer, more] = parseOperator(operator)?.negated === true ? [wide, narrow] : [narrow, wide];
  const taken = new Set(valuesOf(more));
  return valuesOf(fewer).every((value) => taken.has(value));
}
