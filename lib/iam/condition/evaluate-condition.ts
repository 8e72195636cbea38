import { valuesOf } from "../policy-document";
import type { ConditionBlock } from "../policy-document";
import { parseOperator } from "./condition-operator";
import type { ConditionOperator } from "./condition-operator";
import { evaluateOpen, NOTHING_OPEN, OPEN } from "./open-key";
import type { OpenKey, OpenKeys } from "./open-key";
import { allOf, anyOf, match, negate, noMatch, unknown } from "./outcome";
import type { Outcome } from "./outcome";
import { resolveVariables, variableKey, withoutVariables } from "./policy-variables";
import { contextValue, contextValues } from "./request-context";
import type { RequestContext } from "./request-context";
import { valueTest } from "./value-test";
import type { ValuePart } from "./policy-variables";
import type { ValueTest } from "./value-test";

/**
 * Whether the condition element of a statement holds in a request: operators and keys are ANDed,
 * values ORed, values of a negated operator NORed (rule GR-14). No element always holds.
 *
 * `unknown` where the sources are silent or contradict each other, or where AWS would have rejected the
 * document: an operator that does not exist, a value that is not of the operator's type, no values, one
 * key in two spellings (rule GR-13), a variable without a value that could decide.
 *
 * @param open what is known of the keys that the context lacks. @default - they are absent
 */
export function evaluateCondition(
  block: ConditionBlock | undefined,
  context: RequestContext,
  variables: boolean,
  open: OpenKeys = NOTHING_OPEN,
): Outcome {
  const outcomes: Outcome[] = [];
  for (const [name, keys] of Object.entries(block ?? {})) {
    const operator = parseOperator(name);
    const spellings = Object.keys(keys).map((key) => key.toLowerCase());
    if (operator === undefined) {
      outcomes.push(unknown(`${name} is not a condition operator`));
    } else if (new Set(spellings).size < spellings.length) {
      outcomes.push(unknown(`${name} has one key in two spellings`));
    } else {
      for (const [key, values] of Object.entries(keys)) {
        const outcome = evaluateKey(operator, key, valuesOf(values), context, variables, open);
        outcomes.push({ ...outcome, reason: `${name} ${key}: ${outcome.reason}` });
      }
    }
  }
  return allOf(outcomes, "its conditions hold");
}

/** Whether one operator holds for one key and its values: a single line of a condition element. */
export function evaluateKey(
  operator: ConditionOperator,
  key: string,
  policyValues: readonly string[],
  context: RequestContext,
  variables: boolean,
  open: OpenKeys = NOTHING_OPEN,
): Outcome {
  const values = contextValues(context, key);
  if (policyValues.length === 0) return unknown("no values");
  const openKey = values.length === 0 ? open(key) : undefined;
  if (operator.family === "Null") {
    if (openKey === undefined) return evaluateNull(policyValues, values);
    const [present, absent] = [
      evaluateNull(policyValues, ["value"]),
      evaluateNull(policyValues, []),
    ];
    return openKey.presence === "always" || present.outcome === absent.outcome
      ? present
      : unknown(openKey.why ?? OPEN);
  }
  const prepared = prepareTests(operator, policyValues, context, variables, open);
  if (openKey !== undefined) return evaluateOpenKey(operator, openKey, prepared);
  const { tests, problem } = prepared;
  const outcome =
    values.length === 0
      ? evaluateAbsent(operator)
      : evaluatePresent(operator, values, tests, policyValues);
  // What has no value fails in one reading of the documentation and voids the statement in the other:
  // both agree only where the rest does not hold either.
  return problem === undefined || (outcome.outcome === "no-match" && problem.voids)
    ? outcome
    : unknown(problem.reason);
}

function evaluateNull(policyValues: readonly string[], values: readonly string[]): Outcome {
  const absent = values.length === 0;
  if (policyValues.some((value) => value !== "true" && value !== "false")) {
    return unknown("the values of Null are `true` and `false`");
  }
  const holds = policyValues.includes(absent ? "true" : "false");
  return holds ? match(presence(absent)) : noMatch(presence(absent));
}

function presence(absent: boolean): string {
  return absent ? "the key is absent" : "the key is present";
}

/** An absent key: rules GR-16 and GR-17. */
function evaluateAbsent(operator: ConditionOperator): Outcome {
  const reason = presence(true);
  if (operator.quantifier === "all") return match(reason);
  if (operator.quantifier === "any") {
    // GR-16 says true, the evaluation of ForAnyValue over no values says false; AWS does not say which.
    return operator.ifExists
      ? unknown("ForAnyValue with IfExists on an absent key is not documented")
      : noMatch(reason);
  }
  return operator.ifExists || operator.negated ? match(reason) : noMatch(reason);
}

function evaluatePresent(
  operator: ConditionOperator,
  values: readonly string[],
  tests: readonly ValueTest[],
  policyValues: readonly string[],
): Outcome {
  const outcomes = values.map((value) => {
    const passes = anyOf(tests.map((test) => testOutcome(test(value), value)));
    const one = operator.negated ? negate(passes) : passes;
    return { ...one, reason: describe(value, policyValues) };
  });
  if (operator.quantifier === "any") return anyOf(outcomes, "no value of the key passes");
  const all = allOf(outcomes, "every value of the key passes");
  if (operator.quantifier === "all" || all.outcome === anyOf(outcomes).outcome) return all;
  return unknown("the key has several values and the operator no set prefix");
}

function testOutcome(passes: boolean | undefined, value: string): Outcome {
  if (passes === undefined) return unknown(`\`${value}\` is not of the operator's type`);
  return passes ? match("") : noMatch("");
}

function describe(value: string, policyValues: readonly string[]): string {
  const [first = "", ...more] = policyValues;
  return `\`${value}\` against \`${first}\`${more.length > 0 ? ` and ${more.length} more` : ""}`;
}

/** Where a value of the policy is not of its type or a variable has none, nothing can be said of an open key. */
function evaluateOpenKey(
  operator: ConditionOperator,
  key: OpenKey,
  { problem, resolved }: Prepared,
): Outcome {
  const outcome = evaluateOpen(operator, key, resolved, evaluateAbsent(operator));
  return problem === undefined || (outcome.outcome === "no-match" && problem.voids)
    ? outcome
    : unknown(problem.reason);
}

interface Prepared {
  readonly tests: readonly ValueTest[];
  /** The values of the policy, their variables resolved. */
  readonly resolved: readonly (readonly ValuePart[])[];
  /** What is in the way of testing some of the values; `voids` when it fails at least that value. */
  readonly problem: { readonly reason: string; readonly voids: boolean } | undefined;
}

function prepareTests(
  operator: ConditionOperator,
  policyValues: readonly string[],
  context: RequestContext,
  variables: boolean,
  open: OpenKeys,
): Prepared {
  const tests: ValueTest[] = [];
  const all: (readonly ValuePart[])[] = [];
  let problem: Prepared["problem"];
  const resolvable = variables && takesVariables(operator);
  for (const text of policyValues) {
    const resolved = resolvable
      ? resolveVariables(
          text,
          (key) => contextValue(context, key),
          (key) => open(key) !== undefined,
        )
      : withoutVariables(text);
    if ("unresolved" in resolved) {
      const isOpen = open(variableKey(resolved.unresolved)) !== undefined;
      // A variable that may have any value may match, whatever the others do.
      if (isOpen) problem = { reason: `${resolved.unresolved}: ${OPEN}`, voids: false };
      else problem ??= { reason: `${resolved.unresolved} has no single value`, voids: true };
      continue;
    }
    all.push(resolved.parts);
    const test = valueTest(operator, resolved.parts);
    if (test === undefined) {
      problem = { reason: `\`${text}\` is not a value of its type`, voids: false };
    } else {
      tests.push(test);
    }
  }
  return { tests, resolved: all, problem };
}

/** Variables have a meaning for strings and ARNs only (rule GR-22). */
export function takesVariables(operator: ConditionOperator): boolean {
  return operator.family === "String" || operator.family === "Arn";
}
