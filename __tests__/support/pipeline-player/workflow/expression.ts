import { data, Evaluator, Lexer, Parser } from "@actions/expressions";
import { falsy } from "@actions/expressions/result";

/** A value of JSON. */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What an expression can read, by the names of contexts: `github`, `needs`, ... */
export type Contexts = Readonly<Record<string, Json>>;

/** What an expression can call besides the functions of the language: `always`, `hashFiles`, ... */
export type Functions = Readonly<Record<string, (...values: readonly Json[]) => Json>>;

/** What expressions are evaluated with. */
export interface Scope {
  readonly contexts: Contexts;
  readonly functions: Functions;
}

/** Properties that a player's `github` context has; a property that is no more than missing would be `null`. */
const KNOWN_OF_GITHUB: ReadonlySet<string> = new Set([
  "actor",
  "event",
  "event_name",
  "ref",
  "repository",
  "run_attempt",
  "run_id",
  "server_url",
  "sha",
  "token",
  "workflow",
  "workspace",
]);

/**
 * Evaluates an expression without its braces, as GitHub's own evaluator does. A context or function that
 * the place does not have is an exception, as is a property of `github` that the player does not know.
 */
export function evaluate(expression: string, { contexts, functions }: Scope): Json {
  return plain(evaluated(expression, contexts, functions));
}

/** Whether an expression is true, as a condition. */
export function holds(expression: string, { contexts, functions }: Scope): boolean {
  return !falsy(evaluated(expression, contexts, functions));
}

/** A value as a text, as GitHub writes it into a variable or an input. */
export function textOf(value: Json): string {
  if (value === null) return "";
  if (typeof value === "object") {
    throw new Error(`a text is needed, and this is none: ${JSON.stringify(value)}`);
  }
  return String(value);
}

function evaluated(
  expression: string,
  contexts: Contexts,
  functions: Functions,
): data.ExpressionData {
  for (const [, property = ""] of expression.matchAll(/\bgithub\.(\w+)/g)) {
    if (!KNOWN_OF_GITHUB.has(property)) {
      throw new Error(`github.${property} is not played: ${expression}`);
    }
  }
  const own = new Map(
    Object.entries(functions).map(([name, call]) => {
      const info = {
        name,
        description: name,
        minArgs: 0,
        maxArgs: 255,
        call: (...values: readonly data.ExpressionData[]) => dataOf(call(...values.map(plain))),
      };
      return [name.toLowerCase(), info] as const;
    }),
  );
  const { tokens } = new Lexer(expression).lex();
  const tree = new Parser(tokens, Object.keys(contexts), [...own.values()]).parse();
  const known = new data.Dictionary(
    ...Object.entries(contexts).map(([key, value]) => ({ key, value: dataOf(value) })),
  );
  return new Evaluator(tree, known, own).evaluate();
}

function dataOf(value: Json): data.ExpressionData {
  return JSON.parse(JSON.stringify(value), data.reviver) as data.ExpressionData;
}

function plain(value: data.ExpressionData): Json {
  return JSON.parse(JSON.stringify(value, data.replacer)) as Json;
}
