import type { PolicyPath, StatementShape } from "../policy-shape";
import { named } from "./finding";
import type { GrammarFinding } from "./finding";

const LISTS = ["Action", "NotAction", "Resource", "NotResource"] as const;

/** Empty lists and objects permit nothing, or IAM rejects them (rule GR-09). */
export function* emptyElements(
  statement: StatementShape,
  at: PolicyPath,
): Iterable<GrammarFinding> {
  for (const element of LISTS) {
    yield* emptyList(statement[element], element, [...at, element], "one value");
  }
  for (const element of ["Principal", "NotPrincipal"] as const) {
    const kinds = statement[element];
    if (typeof kinds === "object") yield* emptyObject(kinds, element, [...at, element], "one kind");
  }
  const { Condition } = statement;
  if (Condition === undefined) return;
  if (Object.keys(Condition).length === 0) {
    yield empty("`Condition` is an empty object", [...at, "Condition"], "one operator");
  }
  for (const [operator, keys] of Object.entries(Condition)) {
    yield* emptyObject(keys, operator, [...at, "Condition", operator], "one condition key");
  }
}

function* emptyObject(
  object: Readonly<Record<string, unknown>>,
  name: string,
  at: PolicyPath,
  least: string,
): Iterable<GrammarFinding> {
  const entries = Object.entries(object);
  if (entries.length === 0) yield empty(`${named(name)} is an empty object`, at, least);
  for (const [key, values] of entries) yield* emptyList(values, key, [...at, key], "one value");
}

function* emptyList(
  values: unknown,
  name: string,
  at: PolicyPath,
  least: string,
): Iterable<GrammarFinding> {
  if (Array.isArray(values) && values.length === 0) {
    yield empty(`${named(name)} is an empty list`, at, least);
  }
}

function empty(what: string, at: PolicyPath, least: string): GrammarFinding {
  return { rule: "GR-09", at, message: `${what}, allowed: at least ${least}` };
}
