import { containsRange } from "./address-range";
import type { AddressRange } from "./address-range";
import { parseAddressRange } from "./address-range";
import { arnFields } from "./arn-match";
import type { ConditionOperator } from "./condition-operator";
import { globOf, literalGlob } from "./glob";
import type { Glob } from "./glob";
import { coversGlob, globsMeet } from "./glob-relation";
import { anyOf, match, negate, noMatch, unknown } from "./outcome";
import type { Outcome } from "./outcome";
import { valueGlob, valueText } from "./policy-variables";
import type { ValuePart } from "./policy-variables";

/** What is known of a condition key whose value nobody said. */
export interface OpenKey {
  /** Whether the request has the key for certain. */
  readonly presence: "always" | "possible";
  /** All of its values match a pattern or lie in a range. @default - it may have any value */
  readonly within?: OpenValues;
  /** Why it is open. @default - the request does not say it */
  readonly why?: string;
}

/** All values that an open key may have. */
export type OpenValues =
  | {
      readonly like: string;
      /** Whether the wildcards of the pattern stand for no slash. @default false */
      readonly segments?: boolean;
    }
  | { readonly range: AddressRange };

/**
 * What is known of the keys that a request context lacks, by name in any case; `undefined` for keys that are
 * absent. For keys that the context has, it is not asked.
 */
export type OpenKeys = (key: string) => OpenKey | undefined;

/** No key is open: what a context lacks is absent. */
export const NOTHING_OPEN: OpenKeys = () => undefined;

/**
 * What a test comes to whatever the value of an open key is: it matches for all values that the key may have,
 * for none of them, or that depends on the value.
 *
 * @param values of the policy, their variables resolved; `undefined` for one that has an open variable
 * @param absent what the test comes to where the key is absent
 */
export function evaluateOpen(
  operator: ConditionOperator,
  key: OpenKey,
  values: readonly (readonly ValuePart[] | undefined)[],
  absent: Outcome,
): Outcome {
  const passes = anyOf(values.map((parts) => passing(operator, key, parts)));
  const present = operator.negated ? negate(passes) : passes;
  const isDecided =
    present.outcome !== "unknown" &&
    (key.presence === "always" || present.outcome === absent.outcome);
  return isDecided ? present : unknown(key.why ?? OPEN);
}

/** Why a test of an open key is not decided. */
export const OPEN = "the request does not say it";

function passing(
  { family, comparison }: ConditionOperator,
  { within }: OpenKey,
  parts: readonly ValuePart[] | undefined,
): Outcome {
  if (parts === undefined) return unknown(OPEN);
  if (within !== undefined && "range" in within) {
    const range = family === "Ip" ? parseAddressRange(valueText(parts)) : undefined;
    return range === undefined ? unknown(OPEN) : inRange(range, within.range);
  }
  const { like, segments = false } = within ?? { like: "*" };
  if (family === "String" && comparison !== "equals-ignore-case") {
    const glob =
      comparison === "like"
        ? valueGlob(parts)
        : valueGlob([{ text: valueText(parts), inserted: true }]);
    return related(glob, globOf(like), segments);
  }
  if (family === "Bool") return related(literalGlob(valueText(parts)), globOf(like));
  if (family !== "Arn") return unknown(OPEN);
  const [patterns, fields] = [arnFields(valueGlob(parts)), arnFields(globOf(like))];
  if (patterns === undefined || fields === undefined) return unknown(OPEN);
  const outcomes = patterns.map((pattern, index) =>
    related(pattern, fields[index] ?? [], segments),
  );
  if (outcomes.some(({ outcome }) => outcome === "no-match")) return noMatch(`\`${like}\``);
  return outcomes.every(({ outcome }) => outcome === "match")
    ? match(`\`${like}\``)
    : unknown(OPEN);
}

function related(pattern: Glob, like: Glob, segments = false): Outcome {
  if (coversGlob(pattern, like)) return match("all of its values match");
  return globsMeet(pattern, like, segments) ? unknown(OPEN) : noMatch("none of its values matches");
}

function inRange(outer: AddressRange, inner: AddressRange): Outcome {
  if (containsRange(outer, inner)) return match("all of its addresses are in the range");
  const apart =
    outer.family !== inner.family || outer.last < inner.first || inner.last < outer.first;
  return apart ? noMatch("none of its addresses is in the range") : unknown(OPEN);
}
