import { solveAddress } from "./solvers/address-solver";
import type { ValueAtom } from "./formula";
import { passes, solveNumber, solveOrderedPair } from "./solvers/number-solver";
import type { NumberConstraint, NumberDomain } from "./solvers/number-solver";
import { isOfKind, solveSet } from "./solvers/set-solver";
import { solved } from "./solvers/solution";
import type { Solution } from "./solvers/solution";
import type { StringPattern } from "./solvers/string-pattern";
import { pattern } from "./solvers/string-pattern";
import type { StringSolver } from "./solvers/string-solver";
import { containsRange, parseAddress } from "../../iam/condition/address-range";

/** What values something of a request can have: a key, the caller's ARN, the caller's organization. */
export type Dimension =
  | { readonly kind: "string" | "element"; readonly language: StringPattern }
  | { readonly kind: "number"; readonly domain: NumberDomain }
  | { readonly kind: "address" }
  /** When the caller's credentials were issued, and now: seconds since 1970, the first not after the second. */
  | { readonly kind: "time"; readonly domain: NumberDomain };

/** An atom and whether it must hold. */
export interface Literal {
  readonly atom: ValueAtom;
  readonly holds: boolean;
}

/** Answers whether values exist that make atoms of one dimension hold and fail as wanted. */
export interface Theory {
  /**
   * The value as text: one, or the elements of a set, or for times the issue and the present.
   *
   * @param readable whether to look for a value that is not empty first
   */
  solve(
    dimension: Dimension,
    literals: readonly Literal[],
    readable: boolean,
  ): Solution<readonly string[]>;
  /** Whether an atom holds of a value that was found. */
  holds(atom: ValueAtom, value: readonly string[]): boolean;
}

/** A theory over one solver of strings. */
export function theory(strings: StringSolver): Theory {
  return {
    solve(dimension, literals, readable) {
      switch (dimension.kind) {
        case "string":
          return solveString(strings, dimension.language, literals, readable);
        case "element":
          return solveElements(strings, dimension.language, literals);
        case "number":
          return mapSolution(solveNumber(dimension.domain, constraints(literals)), (value) => [
            String(value),
          ]);
        case "address":
          return mapSolution(solveAddress(...ranges(literals)), (value) => [value]);
        case "time":
          return mapSolution(
            solveOrderedPair(
              dimension.domain,
              constraints(literals, "issued"),
              constraints(literals, "now"),
            ),
            (pair) => pair.map(String),
          );
      }
    },
    holds(atom, value) {
      const [first = "", second = ""] = value;
      switch (atom.kind) {
        case "string":
          return strings.matches(atom.pattern, first);
        case "element":
          return value.some((each) => isOfKind(strings, atom.element, each));
        case "number":
          return passes(atom.test, Number(atom.of === "now" ? second : first));
        case "address": {
          const address = parseAddress(first);
          return address !== undefined && containsRange(atom.range, address);
        }
      }
    },
  };
}

const EMPTY = pattern([]);

function solveString(
  strings: StringSolver,
  language: StringPattern,
  literals: readonly Literal[],
  readable: boolean,
): Solution<readonly string[]> {
  const patterns = (holds: boolean): StringPattern[] =>
    literals.flatMap(({ atom, ...literal }) =>
      atom.kind === "string" && literal.holds === holds ? [atom.pattern] : [],
    );
  const inside = patterns(true);
  const outside = patterns(false);
  const first = readable ? strings.solve(language, inside, [...outside, EMPTY]) : undefined;
  const solution = first?.solved === true ? first : strings.solve(language, inside, outside);
  return mapSolution(solution, (value) => [value]);
}

function solveElements(
  strings: StringSolver,
  language: StringPattern,
  literals: readonly Literal[],
): Solution<readonly string[]> {
  const kinds = (holds: boolean) =>
    literals.flatMap(({ atom, ...literal }) =>
      atom.kind === "element" && literal.holds === holds ? [atom.element] : [],
    );
  return solveSet(strings, language, kinds(true), kinds(false));
}

function constraints(literals: readonly Literal[], of?: "now" | "issued"): NumberConstraint[] {
  return literals.flatMap(({ atom, holds }) =>
    atom.kind === "number" && atom.of === of ? [{ ...atom.test, holds }] : [],
  );
}

function ranges(literals: readonly Literal[]): Parameters<typeof solveAddress> {
  const some = (holds: boolean) =>
    literals.flatMap(({ atom, ...literal }) =>
      atom.kind === "address" && literal.holds === holds ? [atom.range] : [],
    );
  return [some(true), some(false)];
}

function mapSolution<T, U>(solution: Solution<T>, map: (value: T) => U): Solution<U> {
  return solution.solved ? solved(map(solution.value)) : solution;
}
