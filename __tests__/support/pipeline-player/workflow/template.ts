import { isBasicExpression, isMapping, isScalar, isSequence } from "@actions/workflow-parser";
import type { TemplateToken } from "@actions/workflow-parser/templates/tokens/template-token";
import { evaluate, textOf } from "./expression";
import type { Json, Scope } from "./expression";

/** A value of a workflow, in which texts can be expressions. */
export type Template =
  | null
  | boolean
  | number
  | string
  | Expression
  | readonly Template[]
  | ReadonlyMap<string, Template>;

/** An expression without its braces. */
export class Expression {
  constructor(readonly text: string) {}
}

/** A value as GitHub's parser reads it. What is none of literals, expressions, lists and mappings is an exception. */
export function template(token: TemplateToken): Template {
  if (isBasicExpression(token)) return new Expression(token.expression);
  if (isMapping(token)) {
    return new Map(
      [...iterated(token)].map(({ key, value }) => [
        key.assertString("key").value,
        template(value),
      ]),
    );
  }
  if (isSequence(token)) return [...iterated(token)].map(template);
  if (isScalar(token) && token.isLiteral) return token.toJSON() as null | boolean | number | string;
  throw new Error(`${token.typeName()} is not played, line ${String(token.line)}`);
}

function iterated<T>(values: { [Symbol.iterator](): Iterator<T> }): Iterable<T> {
  return { [Symbol.iterator]: () => values[Symbol.iterator]() };
}

/** The value of a template. */
export function valueOf(value: Template, scope: Scope): Json {
  if (value instanceof Expression) return evaluate(value.text, scope);
  if (value instanceof Map) {
    return Object.fromEntries(
      [...(value as ReadonlyMap<string, Template>)].map(([key, inner]) => [
        key,
        valueOf(inner, scope),
      ]),
    );
  }
  if (Array.isArray(value))
    return (value as readonly Template[]).map((each) => valueOf(each, scope));
  return value as null | boolean | number | string;
}

/** The texts of a mapping, as environment variables and inputs of actions are written. */
export function textsOf(value: Template | undefined, scope: Scope): Record<string, string> {
  if (value === undefined) return {};
  return Object.fromEntries(
    Object.entries(mappingOf(valueOf(value, scope))).map(([key, each]) => [key, textOf(each)]),
  );
}

/** A value that must be a mapping. */
export function mappingOf(value: Json): Readonly<Record<string, Json>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Error(`a mapping is needed: ${JSON.stringify(value)}`);
  }
  return value as Readonly<Record<string, Json>>;
}

/** The entries of a mapping; a key that is not among the known ones is an exception: it would not be played. */
export function entriesOf(
  value: Template | undefined,
  known: readonly string[],
  place: string,
): ReadonlyMap<string, Template> {
  if (!(value instanceof Map)) throw new Error(`${place} is no mapping`);
  const entries = value as ReadonlyMap<string, Template>;
  for (const key of entries.keys()) {
    if (!known.includes(key)) throw new Error(`${place}: ${key} is not played`);
  }
  return entries;
}

/** A text without expressions, where there is one. */
export function literal(value: Template | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== "string") throw new Error(`a text is needed: ${JSON.stringify(value)}`);
  return value;
}

/** A list of texts without expressions. */
export function literals(value: Template | undefined): readonly string[] {
  if (value === undefined) return [];
  const values = Array.isArray(value) ? (value as readonly Template[]) : [value];
  return values.map((each) => literal(each) ?? "");
}
