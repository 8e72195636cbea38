import { formatDate, parseDate } from "../../iam/condition/date-value";
import { parseNumeric } from "../../iam/condition/numeric-value";
import { parseOperator } from "../../iam/condition/condition-operator";
import type { OperatorFamily } from "../../iam/condition/condition-operator";
import { expandAction } from "../../iam/escalation/action-access";
import { valuesOf } from "../../iam/policy-document";
import type { OneOrMore, Statement } from "../../iam/policy-document";
import type { OwnStatement } from "./statement-set";

/** A request of somebody whose identity policies are asked. */
export interface PermissionRequest {
  readonly action: string;
  readonly resource: string;
  readonly keys: Readonly<Record<string, OneOrMore>>;
}

/**
 * Requests at which policies can differ, the most telling first: at the bounds of each element of the
 * statements that differ, and then with what all the others name and ask for.
 *
 * @param written the statements that only one side has
 * @param others the statements of both sides
 * @param valueOf the value of a key that says who asks; of all other variables each has one of its own
 */
export function* differenceRequests(
  written: readonly OwnStatement[],
  others: readonly OwnStatement[],
  valueOf: (key: string) => string | undefined,
): Generator<PermissionRequest> {
  const values = new Map(
    variablesOf(others).map((key, index) => [key, valueOf(key) ?? `${VALUE}${index || ""}`]),
  );
  const said = Object.fromEntries(values);
  const different = written.map((statement) => withValues(statement, values));
  const all = others.map((statement) => withValues(statement, values));
  const around: Around[] = [];
  for (const statement of different) {
    const each = aroundOf(statement);
    around.push(each);
    yield* requests(each.actions, each.resources, each.contexts, said);
  }
  around.push(...all.map(aroundOf));
  const actions = atMost(
    around.flatMap((each) => each.actions),
    ANY_ACTIONS,
  );
  const resources = atMost(
    around.flatMap((each) => each.resources),
    ANY_RESOURCES,
  );
  // What another statement denies hides a difference: so its conditions are tried, too.
  const contextsOf = (some: readonly Around[]): Keys[] =>
    some.flatMap((each) => each.contexts).slice(0, TRIED_VALUES);
  const contexts = [
    ...contextsOf(around.slice(0, different.length)),
    {},
    ...contextsOf(around.slice(different.length)),
  ];
  yield* requests(actions, resources, contexts, said);
}

/** What is asked at the bounds of a statement. */
interface Around {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly contexts: readonly Keys[];
}

function aroundOf(statement: Statement): Around {
  return {
    actions: actionsAround(statement),
    resources: resourcesAround(statement),
    contexts: contextsAround(statement),
  };
}

/** Requests of one action that a statement names: of its resources and of others, with all that it asks for. */
export function requestsWithin(
  action: string,
  own: OwnStatement,
  valueOf: (key: string) => string | undefined,
): readonly PermissionRequest[] {
  const values = new Map(
    variablesOf([own]).map((key, index) => [key, valueOf(key) ?? `${VALUE}${index || ""}`]),
  );
  const statement = withValues(own, values);
  const contexts = contextsAround(statement).slice(0, 1);
  return [...requests([action], resourcesAround(statement), contexts, Object.fromEntries(values))];
}

type Keys = Readonly<Record<string, OneOrMore>>;

function* requests(
  actions: readonly string[],
  resources: readonly string[],
  contexts: readonly Keys[],
  said: Keys,
): Generator<PermissionRequest> {
  for (const keys of contexts) {
    for (const action of actions) {
      for (const resource of resources) yield { action, resource, keys: { ...said, ...keys } };
    }
  }
}

const ANY_ACTIONS = ["sts:AssumeRole", "iam:PutRolePolicy", "s3:GetObject"];
const ANY_RESOURCES = ["arn:aws:iam::999999999999:role/any", "arn:aws:s3:::any/any"];
const OTHER = "other";
/** How many values of a kind are tried. */
const TRIED_VALUES = 40;

/** Actions that an element names, actions of the same services that it does not name, and some of others. */
function actionsAround({ Action, NotAction }: Statement): string[] {
  const patterns = valuesOf(Action ?? NotAction)
    .filter((pattern) => pattern !== "*")
    .slice(0, TRIED_VALUES);
  const expanded = patterns.map(expandAction);
  const named = expanded.flatMap((known, index) =>
    known === "unknown" ? [example(patterns[index] ?? "")] : bounds(known),
  );
  const taken = new Set(expanded.flat());
  const services = new Set(patterns.map((pattern) => pattern.slice(0, pattern.indexOf(":"))));
  const beside = [...services].flatMap((service) => {
    const known = service === "" ? "unknown" : expandAction(`${service}:*`);
    if (known === "unknown") return [];
    return bounds(known.filter((action) => !taken.has(action)));
  });
  return atMost([...named, ...beside], ANY_ACTIONS);
}

/** Resources that an element names, and such that differ from them by a character. */
function resourcesAround({ Resource, NotResource }: Statement): string[] {
  const patterns = valuesOf(Resource ?? NotResource).filter((pattern) => pattern !== "*");
  const named = patterns.map(example);
  return atMost(
    [...named, ...named.flatMap((arn) => [`${arn}x`, arn.slice(0, -1)])],
    ANY_RESOURCES,
  );
}

/** The first and the last: what a pattern was changed at is most often at one of its ends. */
function bounds(values: readonly string[]): string[] {
  return [values[0], values.at(-1)].filter((value) => value !== undefined);
}

function atMost(values: readonly string[], more: readonly string[]): string[] {
  return [...new Set([...[...new Set(values)].slice(0, TRIED_VALUES), ...more])];
}

/**
 * Contexts at the bounds of a statement's conditions: keys that fulfil all of them, and then with each key
 * absent, and with each of its values just fulfilled, just not, in another case, alone and with another one.
 */
function contextsAround({ Condition = {} }: Statement): Keys[] {
  const fulfilling: Record<string, OneOrMore> = {};
  const near = new Map<string, OneOrMore[]>();
  for (const [name, tested] of Object.entries(Condition)) {
    const operator = parseOperator(name);
    for (const [key, values] of Object.entries(tested)) {
      const around = valuesOf(values).flatMap((value) => valuesAround(name, value));
      near.set(key, [...(near.get(key) ?? []), ...around]);
      const [value = ""] = valuesOf(values);
      if (operator?.family === "Null") {
        if (value === "false") fulfilling[key] ??= VALUE;
      } else {
        fulfilling[key] =
          operator?.negated === true
            ? otherValue(operator.family, value)
            : fulfillingValue(name, value);
      }
    }
  }
  return [
    fulfilling,
    ...[...near.keys()].map((key) => {
      const { [key]: _, ...rest } = fulfilling;
      return rest;
    }),
    ...[...near].flatMap(([key, values]) =>
      values.map((value) => ({ ...fulfilling, [key]: value })),
    ),
  ];
}

/** A value of an operator's type that is not the one it tests. */
function otherValue(family: OperatorFamily, value: string): string {
  switch (family) {
    case "Numeric":
    case "Date":
      return moved(family, value, 1);
    case "Ip":
      return "198.51.100.1";
    case "Arn":
      return "arn:aws:iam::999999999999:role/any";
    default:
      return OTHER;
  }
}

/** A value with which an operator that does not negate holds. */
function fulfillingValue(operatorName: string, value: string): string {
  const { family, comparison } = parseOperator(operatorName) ?? {};
  const step = comparison === "less" ? -1 : comparison === "greater" ? 1 : 0;
  if (family === "Numeric" || family === "Date") return moved(family, value, step);
  if (family === "Ip") return value.split("/")[0] ?? value;
  return comparison === "equals" ? value : example(value);
}

function valuesAround(operatorName: string, value: string): OneOrMore[] {
  const { family, quantifier } = parseOperator(operatorName) ?? {};
  switch (family) {
    case "Numeric":
    case "Date":
      return [-1, 0, 1].map((step) => moved(family, value, step));
    case "Bool":
    case "Null":
      return ["true", "false"];
    case "Ip":
      return [value.split("/")[0] ?? value, "198.51.100.1", "2001:db8::1"];
    default: {
      const one = example(value);
      const several = quantifier === undefined || quantifier === "none" ? [] : [[one, OTHER]];
      return [one, value, ...several, OTHER, `${one}x`, swapCase(one)];
    }
  }
}

/** A number or a date, moved by one or by one second. */
function moved(family: "Numeric" | "Date", value: string, step: number): string {
  if (family === "Date") {
    const date = parseDate(value);
    return date === undefined ? value : formatDate(date + step * 1000);
  }
  const number = parseNumeric(value);
  return number === undefined ? value : String(number + step);
}

function swapCase(value: string): string {
  return value === value.toLowerCase() ? value.toUpperCase() : value.toLowerCase();
}

/** A statement with a value in the place of each variable. */
function withValues(
  { statement, variables }: OwnStatement,
  values: ReadonlyMap<string, string>,
): Statement {
  const text = JSON.stringify(statement);
  if (!variables || !text.includes("${")) return statement;
  return JSON.parse(
    text.replaceAll(VARIABLE, (written, key: string) =>
      JSON.stringify(values.get(key) ?? written).slice(1, -1),
    ),
  ) as Statement;
}

/** The value of a key that policies use as a variable. */
const VALUE = "value";
const VARIABLE = /\$\{(?<key>[\w:/-]+)[^}]*\}/g;

function variablesOf(statements: readonly OwnStatement[]): readonly string[] {
  const text = JSON.stringify(statements.filter(({ variables }) => variables));
  const keys = [...text.matchAll(VARIABLE)].map(({ groups }) => groups?.key);
  return [...new Set(keys)].filter((key) => key !== undefined);
}

/** A text that a pattern matches. */
function example(pattern: string): string {
  return pattern.replaceAll("*", "Any").replaceAll("?", "x");
}
