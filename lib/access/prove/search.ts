import { evaluate, size } from "./formula";
import type { Atom, Formula, ValueAtom } from "./formula";
import type { Dimension, Literal, Theory } from "./theory";

/** A choice of answers under which the formula holds, and values that give these answers. */
export interface Model {
  /** The answers of the atoms that were asked. */
  readonly answers: ReadonlyMap<string, boolean>;
  /** A value of each dimension of which something was asked. */
  readonly values: ReadonlyMap<string, readonly string[]>;
}

/** What a search came to. */
export type SearchResult =
  | { readonly outcome: "none" }
  | { readonly outcome: "found"; readonly model: Model }
  | { readonly outcome: "unknown"; readonly reasons: readonly string[] };

/**
 * Looks for a request under which a formula holds. A cell of the space of requests is a choice of answers
 * to the atoms; only the atoms that the formula still depends on are chosen, each way only if the theory
 * knows a value for it, so `none` speaks for all requests there are.
 *
 * What can be had only with a favourable answer to something that cannot be told is `unknown`, as is a
 * search that reaches its limit.
 *
 * @param nodeLimit choices to make before it gives up, fewer for formulas of many thousand parts
 */
export function search(
  formula: Formula,
  dimensions: ReadonlyMap<string, Dimension>,
  theory: Theory,
  nodeLimit: number,
): SearchResult {
  const answers = new Map<string, boolean>();
  const literals = new Map<string, Literal[]>();
  const reasons = new Set<string>();
  const feasible = new Map<string, boolean>();
  const most = Math.min(nodeLimit, WORK_LIMIT / size(formula));
  let nodes = 0;
  let stopped = false;

  function isFeasible(dimension: string): boolean {
    const chosen = literals.get(dimension) ?? [];
    const signs = chosen.map(({ atom, holds }) => `${holds ? "+" : "-"}${atom.id}`).sort();
    const key = `${dimension} ${signs.join(" ")}`;
    const known = feasible.get(key);
    if (known !== undefined) return known;
    const solution = theory.solve(dimensionOf(dimensions, dimension), chosen, false);
    if (!solution.solved && solution.limit) reasons.add(TOO_MANY_CELLS);
    feasible.set(key, solution.solved);
    return solution.solved;
  }

  /** Whether a model was found; it is then in `answers` and `literals`. */
  function explore(opaque: string | undefined): boolean {
    if (stopped) return false;
    const result = evaluate(formula, (atom) => answers.get(atom.id));
    if (result === false) return false;
    if (result === true) {
      if (opaque !== undefined) reasons.add(opaque);
      return opaque === undefined;
    }
    if (++nodes > most || answers.size > DEPTH_LIMIT) {
      reasons.add(TOO_MANY_CELLS);
      stopped = true;
      return false;
    }
    // Without what need not be there first: the fewer keys a request has, the clearer it is.
    const order = result.kind === "flag" ? [false, true] : [true, false];
    return order.some((holds) => choose(result, holds, opaque));
  }

  function choose(atom: Atom, holds: boolean, opaque: string | undefined): boolean {
    answers.set(atom.id, holds);
    let found: boolean;
    if (atom.kind === "opaque") {
      found = explore(atom.reason);
    } else if (atom.kind === "flag") {
      found = explore(opaque);
    } else {
      found = constrain(atom, holds, opaque);
    }
    if (!found) answers.delete(atom.id);
    return found;
  }

  function constrain(atom: ValueAtom, holds: boolean, opaque: string | undefined): boolean {
    const chosen = literals.get(atom.dimension) ?? [];
    literals.set(atom.dimension, [...chosen, { atom, holds }]);
    const found = isFeasible(atom.dimension) && explore(opaque);
    if (!found) literals.set(atom.dimension, chosen);
    return found;
  }

  if (explore(undefined)) {
    return {
      outcome: "found",
      model: { answers, values: valuesFor(literals, dimensions, theory) },
    };
  }
  return reasons.size === 0
    ? { outcome: "none" }
    : { outcome: "unknown", reasons: [...reasons].sort() };
}

/** Parts of formulas to look at: every choice looks at all of the formula. */
const WORK_LIMIT = 10_000_000;

/** Choices on top of each other: a trust policy of the largest size has fewer atoms than this. */
const DEPTH_LIMIT = 1000;

/** Why a search gave up. */
export const TOO_MANY_CELLS = "the policies tell too many cases apart to try them all";

function valuesFor(
  literals: ReadonlyMap<string, readonly Literal[]>,
  dimensions: ReadonlyMap<string, Dimension>,
  theory: Theory,
): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, readonly string[]>();
  for (const [dimension, chosen] of literals) {
    const solution = theory.solve(dimensionOf(dimensions, dimension), chosen, true);
    if (solution.solved) values.set(dimension, solution.value);
  }
  return values;
}

function dimensionOf(dimensions: ReadonlyMap<string, Dimension>, id: string): Dimension {
  const dimension = dimensions.get(id);
  if (dimension === undefined) throw new Error(`no dimension ${id}`);
  return dimension;
}
