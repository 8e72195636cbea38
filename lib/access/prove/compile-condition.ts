import { parseOperator } from "../../iam/condition/condition-operator";
import type { ConditionOperator } from "../../iam/condition/condition-operator";
import { evaluateKey } from "../../iam/condition/evaluate-condition";
import { requestContext } from "../../iam/condition/request-context";
import { valueTest } from "../../iam/condition/value-test";
import { valuesOf } from "../../iam/policy-document";
import type { ConditionBlock } from "../../iam/policy-document";
import { isMultiValued } from "../decide/condition-key";
import { valueFormulas } from "./compile-values";
import type { ValueFormulas } from "./compile-values";
import { FALSE, TRUE, and, constant, not, opaque, or } from "./formula";
import type { Formula } from "./formula";
import type { KeySpace } from "./request-space";
import { resolveValues } from "./resolve-values";

/** When the condition element of a statement holds, in the requests of a scenario. */
export function compileCondition(
  block: ConditionBlock | undefined,
  space: KeySpace,
  variables: boolean,
): Formula {
  const parts: Formula[] = [];
  for (const [name, keys] of Object.entries(block ?? {})) {
    const operator = parseOperator(name);
    const spellings = Object.keys(keys).map((key) => key.toLowerCase());
    if (operator === undefined || new Set(spellings).size < spellings.length) {
      const problem =
        operator === undefined ? "is not a condition operator" : "has one key in two spellings";
      parts.push(opaque(`${name} ${JSON.stringify(keys)}`, `${name} ${problem}`));
      continue;
    }
    for (const [key, values] of Object.entries(keys)) {
      parts.push(compileKey(name, operator, key, valuesOf(values), space, variables));
    }
  }
  return and(...parts);
}

function compileKey(
  name: string,
  operator: ConditionOperator,
  key: string,
  values: readonly string[],
  space: KeySpace,
  variables: boolean,
): Formula {
  const question = `${name} ${key.toLowerCase()} ${JSON.stringify([...values].sort())} ${variables ? "" : "literally"}`;
  const cannotTell = (why: string): Formula => opaque(question, `${name} ${key}: ${why}`);
  const resolved = resolveValues(operator, values, space, variables);
  const state = space.keyState(key);
  if (resolved.open.length > 0) return compileOpen();
  if (state.fixed !== undefined) {
    const context = requestContext({ ...resolved.inserted, [key]: state.fixed });
    const { outcome, reason } = evaluateKey(operator, key, values, context, variables);
    return outcome === "unknown" ? cannotTell(reason) : constant(outcome === "match");
  }
  if (values.length === 0) return cannotTell("no values");
  if (operator.family === "Null")
    return compileNull(values, state.presence) ?? cannotTell("not a boolean");
  if (state.value.kind === "untold")
    return cannotTell("the values of this key cannot be told in advance");
  if (resolved.values.some((parts) => valueTest(operator, parts) === undefined)) {
    return cannotTell("a value is not of the operator's type");
  }
  const holds = quantify(
    operator,
    state.presence,
    valueFormulas(operator, resolved.values, state.value),
    cannotTell("the outcome for this key is not documented"),
  );
  return resolved.unresolved === undefined
    ? holds
    : and(holds, cannotTell(`${resolved.unresolved} has no single value`));

  /**
   * What a value with an open variable has to do with the key cannot be told, but is the same wherever it is asked;
   * where its variable has no value, no key has it, or the statement is void.
   */
  function compileOpen(): Formula {
    const names = resolved.open.map(({ text }) => text);
    const whole = cannotTell(`the variable in ${names.join(", ")} depends on the request`);
    const isSingle = resolved.open.every((each) =>
      each.variables.every((variable) => isMultiValued(variable.key) !== true),
    );
    if (!isSingle) return whole;
    const isOpen = state.fixed === undefined;
    if (isOpen && (state.value.kind !== "string" || operator.quantifier !== "none")) return whole;
    if (!isOpen && (state.fixed.length !== 1 || operator.quantifier !== "none")) return whole;
    const all = [...resolved.values, ...resolved.open.map(({ rest }) => rest)];
    if (all.some((parts) => valueTest(operator, parts) === undefined)) return whole;
    const test = `${operator.family} ${operator.comparison} ${key.toLowerCase()}`;
    const tested = resolved.open.map(({ text, variables: inserted }) =>
      and(
        ...inserted.map((each) => (each.hasDefault ? TRUE : presenceOf(each.key, space))),
        opaque(`${test} ${text}`, `${name} ${key}: the variable in ${text} depends on the request`),
      ),
    );
    const exact = isOpen
      ? valueFormulas({ ...operator, negated: false }, resolved.values, state.value).some
      : constant(
          resolved.values.some(
            (parts) => valueTest(operator, parts)?.(state.fixed[0] ?? "") === true,
          ),
        );
    const positive = or(exact, ...tested);
    const passes = operator.negated ? not(positive) : positive;
    const own = quantify(
      operator,
      isOpen ? state.presence : TRUE,
      { some: passes, every: passes },
      whole,
    );
    const hasValues = resolved.open.flatMap((each) =>
      each.variables.filter((one) => !one.hasDefault).map((one) => presenceOf(one.key, space)),
    );
    const isWhole = resolved.unresolved === undefined ? and(...hasValues) : FALSE;
    return and(own, or(isWhole, whole));
  }
}

function presenceOf(key: string, space: KeySpace): Formula {
  const state = space.keyState(key);
  return state.fixed === undefined ? state.presence : constant(state.fixed.length === 1);
}

function compileNull(values: readonly string[], presence: Formula): Formula | undefined {
  if (values.some((value) => value !== "true" && value !== "false")) return undefined;
  return or(...values.map((value) => (value === "true" ? not(presence) : presence)));
}

/** Rules GR-16 and GR-17; for several values without a set operator both readings must agree. */
function quantify(
  operator: ConditionOperator,
  presence: Formula,
  { some, every }: ValueFormulas,
  undocumented: Formula,
): Formula {
  const absent = not(presence);
  if (operator.quantifier === "all") return or(absent, every);
  if (operator.quantifier === "any") {
    const holds = and(presence, some);
    return operator.ifExists ? or(holds, and(absent, undocumented)) : holds;
  }
  const passes = some === every ? some : or(every, and(some, undocumented));
  return operator.ifExists || operator.negated ? or(absent, passes) : and(presence, passes);
}
