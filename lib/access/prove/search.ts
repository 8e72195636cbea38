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
export type SearchResult = {
  /** Choices that were made. */
  readonly nodes: number;
} & (
  | { readonly outcome: "none" }
  | { readonly outcome: "found"; readonly model: Model }
  | { readonly outcome: "unknown"; readonly reasons: readonly string[] }
);

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
  const constraints = new Map<string, Constraints>();
  const reasons = new Set<string>();
  const solutions = new Map<string, readonly string[] | undefined>();
  const most = Math.min(nodeLimit, WORK_LIMIT / size(formula));
  let nodes = 0;
  let stopped = false;

  /** A value under which all literals of a dimension are as chosen; `undefined` where there is none. */
  function solve(dimension: string, literals: readonly Literal[]): readonly string[] | undefined {
    const signs = literals.map(({ atom, holds }) => `${holds ? "+" : "-"}${atom.id}`).sort();
    const key = `${dimension} ${signs.join(" ")}`;
    if (solutions.has(key)) return solutions.get(key);
    const solution = theory.solve(dimensionOf(dimensions, dimension), literals, false);
    if (!solution.solved && solution.limit) reasons.add(TOO_MANY_CELLS);
    const value = solution.solved ? solution.value : undefined;
    solutions.set(key, value);
    return value;
  }

  /** Whether a model was found; it is then in `answers` and `constraints`. */
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
    const before = constraints.get(atom.dimension);
    const literals = [...(before?.literals ?? []), { atom, holds }];
    // A value that was found often has the wanted answer already.
    const value =
      before !== undefined && theory.holds(atom, before.value) === holds
        ? before.value
        : solve(atom.dimension, literals);
    if (value === undefined) return false;
    constraints.set(atom.dimension, { literals, value });
    const found = explore(opaque);
    if (!found) {
      if (before === undefined) constraints.delete(atom.dimension);
      else constraints.set(atom.dimension, before);
    }
    return found;
  }

  if (explore(undefined)) {
    return {
      outcome: "found",
      model: { answers, values: valuesFor(constraints, dimensions, theory) },
      nodes,
    };
  }
  return reasons.size === 0
    ? { outcome: "none", nodes }
    : { outcome: "unknown", reasons: [...reasons].sort(), nodes };
}

/** Parts of formulas to look at: every choice looks at all of the formula. */
const WORK_LIMIT = 10_000_000;

/** Choices on top of each other: a trust policy of the largest size has fewer atoms than this. */
const DEPTH_LIMIT = 1000;

/** Why a search gave up. */
export const TOO_MANY_CELLS = "the policies tell too many cases apart to try them all";

/** What was chosen of one dimension, and a value that shows that it can be. */
interface Constraints {
  readonly literals: readonly Literal[];
  readonly value: readonly string[];
}

/** Values for a reader: another one where there is a clearer one. */
function valuesFor(
  constraints: ReadonlyMap<string, Constraints>,
  dimensions: ReadonlyMap<string, Dimension>,
  theory: Theory,
): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, readonly string[]>();
  for (const [dimension, { literals, value }] of constraints) {
    const solution = theory.solve(dimensionOf(dimensions, dimension), literals, true);
    values.set(dimension, solution.solved ? solution.value : value);
  }
  return values;
}

function dimensionOf(dimensions: ReadonlyMap<string, Dimension>, id: string): Dimension {
  const dimension = dimensions.get(id);
  if (dimension === undefined) throw new Error(`no dimension ${id}`);
  return dimension;
}
