import { valuesOf } from "../policy-document";
import type { PolicyPath, StatementShape } from "../policy-shape";
import { valuesOfKey } from "./condition-keys";
import { conditionLines } from "./condition-line";
import { named } from "./finding";
import type { GrammarFinding } from "./finding";
import type { PolicyKind } from "./policy-kind";

/**
 * Keys with several values need `ForAnyValue:` or `ForAllValues:` (rule GR-18). `ForAllValues:` also
 * holds where the key is absent, so an Allow needs `Null` next to it, and keys with one value never need
 * it (rule GR-17). In trust policies that opens the role, elsewhere it is a warning: AWS's own managed
 * policies do it.
 */
export function* setOperators(
  statement: StatementShape,
  at: PolicyPath,
  kind: PolicyKind,
): Iterable<GrammarFinding> {
  for (const { name, operator, key, at: place } of conditionLines(statement, at)) {
    const count = valuesOfKey(key);
    if (count === "several" && operator.quantifier === "none" && operator.family !== "Null") {
      yield {
        rule: "GR-18",
        at: place.slice(0, -1),
        atKey: true,
        message: `${named(key)} has several values in a request and needs \`ForAnyValue:\` or \`ForAllValues:\`, got \`${name}\``,
        help: `write \`ForAnyValue:${name}\``,
      };
    }
    if (operator.quantifier !== "all") continue;
    const plain = name.replace("ForAllValues:", "");
    if (count === "one") {
      yield {
        rule: "GR-17",
        at: place.slice(0, -1),
        atKey: true,
        message: `\`${name}\` also holds if ${named(key)} is absent, and the key has a single value`,
        help: `write \`${plain}\``,
      };
    } else if (
      statement.Effect === "Allow" &&
      !isGuarded(statement, key) &&
      !LISTS_TAGS.test(key)
    ) {
      yield {
        rule: "GR-17",
        at: place.slice(0, -1),
        atKey: true,
        ...(kind === "trust" ? {} : { severity: "warning" as const }),
        message: `\`${name}\` also allows if ${named(key)} is absent`,
        help: `add "Null": {"${key}": "false"}, or write \`ForAnyValue:${plain}\``,
      };
    }
  }
}

// The documented exception: a request without tags may pass where only some tags may be set (rule TR-15b).
const LISTS_TAGS = /^(?:aws:TagKeys|sts:TransitiveTagKeys)$/i;

function isGuarded({ Condition }: StatementShape, key: string): boolean {
  return Object.entries(Condition?.Null ?? {}).some(
    ([guarded, values]) =>
      guarded.toLowerCase() === key.toLowerCase() &&
      valuesOf(values).every((value) => value === "false"),
  );
}
