import { takesVariables } from "../condition/evaluate-condition";
import { valuesOf } from "../policy-document";
import type { PolicyPath, StatementShape } from "../policy-shape";
import { valuesOfKey } from "./condition-keys";
import { conditionLines } from "./condition-line";
import { named, quoted } from "./finding";
import type { GrammarFinding } from "./finding";

const VARIABLE = /\$\{[^{}]*\}/g;

/** A text without its policy variables, such as `${aws:username}`, and without `${*}`, `${?}` and `${$}`. */
export function withoutVariables(text: string): string {
  return text.replace(VARIABLE, "");
}

/**
 * Policy variables are in resources and in conditions on strings and ARNs, nowhere else, and only
 * those of keys with one value (rule GR-22).
 */
export function* variables(statement: StatementShape, at: PolicyPath): Iterable<GrammarFinding> {
  for (const element of ["Action", "NotAction"] as const) {
    yield* noneIn(element, valuesOf(statement[element]), [...at, element]);
  }
  for (const element of ["Principal", "NotPrincipal"] as const) {
    const kinds = statement[element];
    if (typeof kinds !== "object") continue;
    for (const [kind, values] of Object.entries(kinds)) {
      yield* noneIn(element, valuesOf(values), [...at, element, kind]);
    }
  }
  for (const element of ["Resource", "NotResource"] as const) {
    yield* singleValued(valuesOf(statement[element]), [...at, element]);
  }
  for (const { name, operator, values, at: place } of conditionLines(statement, at)) {
    if (takesVariables(operator)) yield* singleValued(values, place);
    else yield* noneIn(name, values, place);
  }
}

function* noneIn(
  name: string,
  values: readonly string[],
  at: PolicyPath,
): Iterable<GrammarFinding> {
  for (const [index, value] of values.entries()) {
    if (!value.includes("${")) continue;
    yield {
      rule: "GR-22",
      at: [...at, index],
      message: `policy variables are not allowed in ${named(name)}, got ${quoted(value)}, allowed: in resources and in conditions on strings and ARNs`,
      help: "write the value itself",
    };
  }
}

function* singleValued(values: readonly string[], at: PolicyPath): Iterable<GrammarFinding> {
  for (const [index, value] of values.entries()) {
    for (const [variable] of value.matchAll(VARIABLE)) {
      const key = variable.slice(2, -1).split(",")[0]?.trim() ?? "";
      if (valuesOfKey(key) !== "several") continue;
      yield {
        rule: "GR-22",
        at: [...at, index],
        message: `the policy variable ${named(variable)} has several values in a request, allowed: variables with one value`,
        help: `compare ${named(key)} in a condition with \`ForAnyValue:\``,
      };
    }
  }
}
