import { parseOperator } from "../iam/condition/condition-operator";
import { globOf, matchesGlob } from "../iam/condition/glob";
import { malformation } from "../iam/condition/evaluate-statement";
import { valuesOf } from "../iam/policy-document";
import type { ConditionBlock, OneOrMore, Statement } from "../iam/policy-document";

/**
 * Whether one statement of an identity policy applies wherever another one does, as far as their texts show
 * it: it names all of its actions and resources, and asks for no condition that the other does not ask for.
 * `false` says nothing.
 */
export function covers(wide: Statement, narrow: Statement): boolean {
  return (
    malformation("identity", wide) === undefined &&
    malformation("identity", narrow) === undefined &&
    names(wide.Action, wide.NotAction, narrow.Action, narrow.NotAction, includesAction) &&
    names(
      wide.Resource,
      wide.NotResource,
      narrow.Resource,
      narrow.NotResource,
      (one, other) => one === "*" || one === other,
    ) &&
    asksForLess(wide.Condition ?? {}, narrow.Condition ?? {})
  );
}

/** Whether an element names all that another names; one that excepts must except no more. */
function names(
  wide: OneOrMore | undefined,
  notWide: OneOrMore | undefined,
  narrow: OneOrMore | undefined,
  notNarrow: OneOrMore | undefined,
  includes: (one: string, other: string) => boolean,
): boolean {
  const all = (inner: OneOrMore | undefined, outer: OneOrMore | undefined): boolean =>
    valuesOf(inner).every((each) => valuesOf(outer).some((other) => includes(other, each)));
  if (wide === undefined) return notNarrow !== undefined && all(notWide, notNarrow);
  if (narrow === undefined) return valuesOf(wide).includes("*");
  return all(narrow, wide);
}

/** Whether all actions that a pattern matches match another one. */
function includesAction(wide: string, narrow: string): boolean {
  const [outer, inner] = [wide.toLowerCase(), narrow.toLowerCase()];
  // A `*` of the inner pattern stands for any text, which a `?` of the outer one does not match.
  if (outer.includes("?") && inner.includes("*")) return outer === inner;
  return matchesGlob(globOf(outer), inner);
}

function asksForLess(wide: ConditionBlock, narrow: ConditionBlock): boolean {
  return Object.entries(wide).every(
    ([operator, keys]) =>
      parseOperator(operator) !== undefined &&
      Object.entries(keys).every(([key, values]) => {
        const other = narrow[operator]?.[key];
        return other !== undefined && JSON.stringify(other) === JSON.stringify(values);
      }),
  );
}
