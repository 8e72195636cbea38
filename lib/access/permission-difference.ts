import type { Caller } from "../iam/condition/caller";
import { evaluateStatement } from "../iam/condition/evaluate-statement";
import { decide, hasVariables } from "../iam/condition/evaluate-policy";
import type { AppliedStatement } from "../iam/condition/evaluate-policy";
import { parseOperator } from "../iam/condition/condition-operator";
import { requestContext } from "../iam/condition/request-context";
import { canonicalDocument } from "../iam/policy-text";
import { valuesOf } from "../iam/policy-document";
import type { PolicyDocument, Statement } from "../iam/policy-document";

/** How two sets of identity policies differ. */
export type PermissionDifference =
  | { readonly kind: "none" }
  /** A request that one of them permits, and the other does not. */
  | {
      readonly kind: "request";
      /** Whether it is the granted ones that permit it. */
      readonly granted: boolean;
      readonly action: string;
      readonly resource: string;
      readonly keys: Readonly<Record<string, string>>;
    }
  /** They are written differently, and no request was found that shows it. */
  | { readonly kind: "untold"; readonly statements: readonly string[] };

/** Most requests that are tried on policies that are written differently. */
const TRIED_REQUESTS = 20_000;

/**
 * Whether granted policies permit what declared ones do: the same statements, in whatever order, policies
 * and names. Where they are not the same, requests at which they can differ are tried.
 */
export function permissionDifference(
  granted: readonly PolicyDocument[],
  declared: readonly PolicyDocument[],
  caller: Caller,
): PermissionDifference {
  const own = statementsOf(granted);
  const wanted = statementsOf(declared);
  const different = [
    ...[...own].filter(([text]) => !wanted.has(text)),
    ...[...wanted].filter(([text]) => !own.has(text)),
  ];
  if (different.length === 0) return { kind: "none" };
  const all = [...own.values(), ...wanted.values()];
  let tried = 0;
  for (const [action, resource, keys] of candidates(
    different.map(([, { statement }]) => statement),
    all.map(({ statement }) => statement),
  )) {
    if (tried++ > TRIED_REQUESTS) break;
    const request = { caller, action, resource, context: requestContext(keys) };
    const permitted = [own, wanted].map((statements) => {
      const applied = [...statements.values()].flatMap(
        ({ statement, variables }, index): AppliedStatement[] => {
          const outcome = evaluateStatement("identity", statement, request, variables);
          return outcome.outcome === "no-match" ? [] : [{ ...outcome, statement, index }];
        },
      );
      const decision = decide(applied);
      return decision === "unknown" ? undefined : decision === "allow";
    });
    const [byGranted, byDeclared] = permitted;
    if (byGranted === undefined || byDeclared === undefined || byGranted === byDeclared) continue;
    return { kind: "request", granted: byGranted, action, resource, keys };
  }
  const statements = different.map(([text]) => text);
  return { kind: "untold", statements };
}

interface OwnStatement {
  readonly statement: Statement;
  readonly variables: boolean;
}

/** Statements by a text that is the same for those that mean the same. */
function statementsOf(documents: readonly PolicyDocument[]): ReadonlyMap<string, OwnStatement> {
  return new Map(
    documents.flatMap((document) =>
      canonicalDocument(document).Statement.map(({ Sid: _, ...statement }) => {
        const text = JSON.stringify(statement);
        const variables = hasVariables(document);
        // Without variables, `${` is text (rule GR-01).
        return [
          text.includes("${") ? `${String(variables)} ${text}` : text,
          { statement, variables },
        ];
      }),
    ),
  );
}

const ACTIONS = ["sts:AssumeRole", "iam:PutRolePolicy", "s3:GetObject"];
const RESOURCES = ["arn:aws:iam::999999999999:role/any", "arn:aws:s3:::any/any"];
const OTHER = "other";
/** How many of a kind are tried. */
const TRIED_VALUES = 40;

type Candidate = readonly [action: string, resource: string, keys: Record<string, string>];

function* candidates(
  different: readonly Statement[],
  all: readonly Statement[],
): Generator<Candidate> {
  const actions = samples(
    [...different, ...all].flatMap(({ Action, NotAction }) => valuesOf(Action ?? NotAction)),
    ACTIONS,
  );
  const resources = samples(
    [...different, ...all].flatMap(({ Resource, NotResource }) =>
      valuesOf(Resource ?? NotResource),
    ),
    RESOURCES,
  );
  const own = different.flatMap(contextsOf).slice(0, TRIED_VALUES);
  // What another statement denies hides a difference: so its conditions are tried, too.
  const others = all.flatMap(contextsOf).slice(0, TRIED_VALUES);
  const said = Object.fromEntries(variablesOf(all).map((key) => [key, VALUE]));
  for (const keys of [...own, {}, ...others]) {
    for (const action of actions) {
      for (const resource of resources) yield [action, resource, { ...said, ...keys }];
    }
  }
}

/** The value of every key that policies use as a variable. */
const VALUE = "value";
const VARIABLE = /\$\{(?<key>[\w:/-]+)[^}]*\}/g;

function variablesOf(statements: readonly Statement[]): readonly string[] {
  const keys = [...JSON.stringify(statements).matchAll(VARIABLE)].map(({ groups }) => groups?.key);
  return [...new Set(keys)].filter((key) => key !== undefined);
}

/** Values that patterns match, and some more. */
function samples(patterns: readonly string[], more: readonly string[]): readonly string[] {
  const made = patterns.filter((each) => each !== "*").map(sample);
  return [...new Set([...made.slice(0, TRIED_VALUES), ...more])];
}

function sample(pattern: string): string {
  return pattern.replaceAll(VARIABLE, VALUE).replaceAll("*", "Any").replaceAll("?", "x");
}

/** Keys that fulfil a statement's conditions, then with one key less and with one value changed. */
function contextsOf({ Condition = {} }: Statement): Record<string, string>[] {
  const fulfilling: Record<string, string> = {};
  for (const [name, keys] of Object.entries(Condition)) {
    const operator = parseOperator(name);
    for (const [key, values] of Object.entries(keys)) {
      const [value = ""] = valuesOf(values);
      if (operator?.family === "Null" && value === "true") continue;
      fulfilling[key] = name.includes("Not") ? OTHER : sample(value);
    }
  }
  const keys = Object.keys(fulfilling);
  const values = Object.values(Condition).flatMap((tested) =>
    Object.entries(tested).flatMap(([key, list]) =>
      valuesOf(list).map((value) => ({ ...fulfilling, [key]: sample(value) })),
    ),
  );
  return [
    fulfilling,
    ...keys.map((key) => {
      const { [key]: _, ...rest } = fulfilling;
      return rest;
    }),
    ...keys.map((key) => ({ ...fulfilling, [key]: OTHER })),
    ...values,
  ];
}
