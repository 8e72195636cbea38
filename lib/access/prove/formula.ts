import type { AddressRange } from "../../iam/condition/address-range";
import type { NumberTest } from "./solvers/number-solver";
import type { ElementKind } from "./solvers/set-solver";
import type { StringPattern } from "./solvers/string-pattern";

/** A question about a request that is answered by yes or no; `id` is equal for equal questions. */
export type Atom = { readonly id: string } & (
  | { readonly kind: "string"; readonly dimension: string; readonly pattern: StringPattern }
  | { readonly kind: "element"; readonly dimension: string; readonly element: ElementKind }
  | {
      readonly kind: "number";
      readonly dimension: string;
      readonly test: NumberTest;
      /** Which of two numbers, in the dimension of time; `undefined` in all others. */
      readonly of: "now" | "issued" | undefined;
    }
  | { readonly kind: "address"; readonly dimension: string; readonly range: AddressRange }
  /** Whether the request has something, with nothing else to it: a key, a VPC endpoint. */
  | { readonly kind: "flag" }
  /** What cannot be told of any request, but is the same wherever it is asked. */
  | { readonly kind: "opaque"; readonly reason: string }
);

/** An atom about the value that a key or a caller has. */
export type ValueAtom = Extract<Atom, { readonly dimension: string }>;

/** A statement about a request; `id` is equal for formulas that are spelled alike. */
export type Formula = { readonly id: string } & (
  | { readonly kind: "constant"; readonly holds: boolean }
  | { readonly kind: "atom"; readonly atom: Atom }
  | { readonly kind: "not"; readonly part: Formula }
  | { readonly kind: "and" | "or"; readonly parts: readonly Formula[] }
);

/** What always holds. */
export const TRUE: Formula = { kind: "constant", id: "true", holds: true };
/** What never holds. */
export const FALSE: Formula = { kind: "constant", id: "false", holds: false };

/** A formula that always or never holds. */
export function constant(holds: boolean): Formula {
  return holds ? TRUE : FALSE;
}

/** A formula of one atom. */
export function ask(atom: Atom): Formula {
  return { kind: "atom", id: atom.id, atom };
}

/** What cannot be told; equal questions are equal atoms, so that a difference of two policies ignores what they share. */
export function opaque(question: string, reason: string): Formula {
  return ask({ id: `opaque ${question}`, kind: "opaque", reason });
}

/** The complement. */
export function not(part: Formula): Formula {
  if (part.kind === "constant") return constant(!part.holds);
  return part.kind === "not" ? part.part : { kind: "not", id: `not(${part.id})`, part };
}

/** All of the parts. */
export function and(...parts: readonly Formula[]): Formula {
  return combine("and", parts);
}

/** Any of the parts. */
export function or(...parts: readonly Formula[]): Formula {
  return combine("or", parts);
}

/** How many parts a formula has. */
export function size(formula: Formula): number {
  if (formula.kind === "not") return 1 + size(formula.part);
  if (formula.kind !== "and" && formula.kind !== "or") return 1;
  return formula.parts.reduce((sum, part) => sum + size(part), 1);
}

/** What an assignment says of an atom; `undefined` while it is open. */
export type Assignment = (atom: Atom) => boolean | undefined;

/** Whether a formula holds, or the atom to ask next: one that is not opaque where there is one. */
export function evaluate(formula: Formula, assigned: Assignment): boolean | Atom {
  switch (formula.kind) {
    case "constant":
      return formula.holds;
    case "atom":
      return assigned(formula.atom) ?? formula.atom;
    case "not": {
      const result = evaluate(formula.part, assigned);
      return typeof result === "boolean" ? !result : result;
    }
    case "and":
    case "or": {
      const decisive = formula.kind === "or";
      let open: Atom | undefined;
      for (const part of formula.parts) {
        const result = evaluate(part, assigned);
        if (result === decisive) return result;
        if (typeof result !== "boolean" && (open === undefined || open.kind === "opaque")) {
          open = result;
        }
      }
      return open ?? !decisive;
    }
  }
}

function combine(kind: "and" | "or", parts: readonly Formula[]): Formula {
  const decisive = kind === "or";
  const kept: Formula[] = [];
  for (const part of parts) {
    if (part.kind === "constant") {
      if (part.holds === decisive) return part;
    } else if (part.kind === kind) {
      kept.push(...part.parts);
    } else {
      kept.push(part);
    }
  }
  const [only] = kept;
  if (only === undefined) return constant(!decisive);
  if (kept.length === 1) return only;
  const ids = kept.map((part) => part.id).sort();
  return { kind, id: `${kind}(${ids.join(", ")})`, parts: kept };
}
