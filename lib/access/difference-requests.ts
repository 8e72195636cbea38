import { parseOperator } from "../iam/condition/condition-operator";
import { formatDate, parseDate } from "../iam/condition/date-value";
import { expandAction } from "../iam/action-access";
import { valuesOf } from "../iam/policy-document";
import type { OneOrMore, Statement } from "../iam/policy-document";

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
 * @param different the statements that only one side has
 * @param all the statements of both sides
 */
export function* differenceRequests(
  different: readonly Statement[],
  all: readonly Statement[],
): Generator<PermissionRequest> {
  const said = Object.fromEntries(variablesOf(all).map((key) => [key, VALUE]));
  for (const statement of different) {
    yield* requests(
      actionsAround(statement),
      resourcesAround(statement),
      contextsAround(statement),
      said,
    );
  }
  const actions = atMost([...different, ...all].flatMap(actionsAround), ANY_ACTIONS);
  const resources = atMost([...different, ...all].flatMap(resourcesAround), ANY_RESOURCES);
  // What another statement denies hides a difference: so its conditions are tried, too.
  const contexts = [
    ...different.flatMap(contextsAround).slice(0, TRIED_VALUES),
    {},
    ...all.flatMap(contextsAround).slice(0, TRIED_VALUES),
  ];
  yield* requests(actions, resources, contexts, said);
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
  const patterns = valuesOf(Action ?? NotAction).filter((pattern) => pattern !== "*");
  const named = patterns.flatMap((pattern) => {
    const known = expandAction(pattern);
    return known === "unknown" ? [example(pattern)] : bounds(known);
  });
  const beside = patterns.flatMap((pattern) => {
    const service = pattern.slice(0, pattern.indexOf(":"));
    const known = service === "" ? "unknown" : expandAction(`${service}:*`);
    if (known === "unknown") return [];
    const taken = new Set(patterns.flatMap(expandAction));
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
        fulfilling[key] = operator?.negated === true ? OTHER : fulfillingValue(name, value);
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

/** A value with which an operator that does not negate holds. */
function fulfillingValue(operatorName: string, value: string): string {
  const { family, comparison } = parseOperator(operatorName) ?? {};
  const step = comparison === "less" ? -1 : comparison === "greater" ? 1 : 0;
  if (family === "Numeric" || family === "Date") return moved(family, value, step);
  if (family === "Ip") return value.split("/")[0] ?? value;
  return comparison === "equals" ? value.replaceAll(VARIABLE, VALUE) : example(value);
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
      const written = value.replaceAll(VARIABLE, VALUE);
      const several = quantifier === undefined || quantifier === "none" ? [] : [[one, OTHER]];
      return [one, written, ...several, OTHER, `${one}x`, swapCase(one)];
    }
  }
}

/** A number or a date, moved by one or by one second. */
function moved(family: "Numeric" | "Date", value: string, step: number): string {
  if (family === "Date") {
    const date = parseDate(value);
    return date === undefined ? value : formatDate(date + step * 1000);
  }
  const number = Number(value);
  return Number.isNaN(number) ? value : String(number + step);
}

function swapCase(value: string): string {
  return value === value.toLowerCase() ? value.toUpperCase() : value.toLowerCase();
}

/** The value of every key that policies use as a variable. */
const VALUE = "value";
const VARIABLE = /\$\{(?<key>[\w:/-]+)[^}]*\}/g;

function variablesOf(statements: readonly Statement[]): readonly string[] {
  const keys = [...JSON.stringify(statements).matchAll(VARIABLE)].map(({ groups }) => groups?.key);
  return [...new Set(keys)].filter((key) => key !== undefined);
}

/** A text that a pattern matches. */
function example(pattern: string): string {
  return pattern.replaceAll(VARIABLE, VALUE).replaceAll("*", "Any").replaceAll("?", "x");
}
