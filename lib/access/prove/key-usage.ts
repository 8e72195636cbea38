import { parseOperator } from "../../iam/condition/condition-operator";
import type { OperatorFamily } from "../../iam/condition/condition-operator";
import { valuesOf } from "../../iam/policy-document";
import type { PolicyDocument } from "../../iam/policy-document";

/** How the policies that are compared use a condition key. */
export interface KeyUse {
  /** The key as it was first spelled. */
  readonly name: string;
  /** The families of the operators that test it; `Null` asks nothing of its type. */
  readonly families: ReadonlySet<OperatorFamily>;
  /** Whether a set operator tests it. */
  readonly quantified: boolean;
}

/** The keys that documents test, by their lower-case names. */
export type KeyUsage = ReadonlyMap<string, KeyUse>;

/** Collects the keys that documents test. */
export function keyUsage(documents: readonly PolicyDocument[]): KeyUsage {
  const usage = new Map<string, KeyUse>();
  for (const document of documents) {
    for (const statement of document.Statement) {
      for (const [operatorName, keys] of Object.entries(statement.Condition ?? {})) {
        for (const [key, values] of Object.entries(keys)) {
          note(usage, key, operatorName);
          for (const variable of valuesOf(values).flatMap(variablesIn))
            note(usage, variable, "Null");
        }
      }
    }
  }
  return usage;
}

/** Keys of the policy variables of a value; what they are is not tested there (rule GR-22). */
function variablesIn(value: string): string[] {
  return [...value.matchAll(/\$\{([^,}]+)[^}]*\}/g)]
    .map(([, key = ""]) => key.trim())
    .filter((key) => key.includes(":") || key.includes("/"));
}

function note(usage: Map<string, KeyUse>, key: string, operatorName: string): void {
  const operator = parseOperator(operatorName);
  const known = usage.get(key.toLowerCase());
  const families = new Set(known?.families);
  if (operator !== undefined && operator.family !== "Null") families.add(operator.family);
  const quantified = operator !== undefined && operator.quantifier !== "none";
  usage.set(key.toLowerCase(), {
    name: known?.name ?? key,
    families,
    quantified: (known?.quantified ?? false) || quantified,
  });
}
