import type { PolicyPath, StatementShape } from "../policy-shape";
import { named } from "./finding";
import type { GrammarFinding } from "./finding";

const LISTS = ["Action", "NotAction", "Resource", "NotResource"] as const;

/**
 * Empty lists and objects permit nothing, or IAM rejects them (rule GR-09). An empty `Condition`, or operator,
 * asks for nothing: IAM accepts it.
 */
export function* emptyElements(
  statement: StatementShape,
  at: PolicyPath,
): Iterable<GrammarFinding> {
  for (const element of LISTS) {
    yield* emptyList(statement[element], element, [...at, element]);
  }
  for (const element of ["Principal", "NotPrincipal"] as const) {
    const kinds = statement[element];
    if (typeof kinds === "object") yield* emptyObject(kinds, element, [...at, element]);
  }
  const { Condition } = statement;
  if (Condition === undefined) return;
  if (Object.keys(Condition).length === 0) {
    yield idle("Condition", [...at, "Condition"]);
  }
  for (const [operator, keys] of Object.entries(Condition)) {
    const place = [...at, "Condition", operator];
    if (Object.keys(keys).length === 0) yield idle(operator, place);
    for (const [key, values] of Object.entries(keys))
      yield* emptyList(values, key, [...place, key]);
  }
}

function idle(name: string, at: PolicyPath): GrammarFinding {
  return {
    rule: "GR-09",
    at,
    severity: "warning",
    message: `${named(name)} is empty and tests nothing`,
    help: "remove it, or add the missing condition",
  };
}

function* emptyObject(
  object: Readonly<Record<string, unknown>>,
  name: string,
  at: PolicyPath,
): Iterable<GrammarFinding> {
  const entries = Object.entries(object);
  if (entries.length === 0) yield empty(`${named(name)} is an empty object`, at, "one kind");
  for (const [key, values] of entries) yield* emptyList(values, key, [...at, key]);
}

function* emptyList(values: unknown, name: string, at: PolicyPath): Iterable<GrammarFinding> {
  if (Array.isArray(values) && values.length === 0) {
    yield empty(`${named(name)} is an empty list`, at, "one value");
  }
}

function empty(what: string, at: PolicyPath, least: string): GrammarFinding {
  return { rule: "GR-09", at, message: `${what}, allowed: at least ${least}` };
}
