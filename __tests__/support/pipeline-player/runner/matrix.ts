import type { Json } from "../workflow/expression";
import { mappingOf } from "../workflow/template";

/** The jobs of a strategy, and how many of them run at once. */
export interface Strategy {
  readonly legs: readonly Readonly<Record<string, Json>>[];
  /** @default - as many as there are */
  readonly maxParallel?: number;
}

const MOST = 256;

/**
 * The combinations of a matrix: those that `include` lists where there is nothing else, or those of its
 * vectors. GitHub refuses one that is empty or too large; both at once are not played.
 */
export function strategyOf(value: Json): Strategy {
  const {
    matrix,
    "fail-fast": failFast,
    "max-parallel": maxParallel,
    ...others
  } = mappingOf(value);
  if (Object.keys(others).length > 0) throw new Error(`strategy: ${Object.keys(others).join()}`);
  if (failFast !== false) throw new Error("a matrix in which one job stops others is not played");
  const { include, ...vectors } = mappingOf(matrix ?? null);
  let legs: Readonly<Record<string, Json>>[] = [{}];
  if (include !== undefined) {
    if (Object.keys(vectors).length > 0) throw new Error("include with vectors is not played");
    legs = (include as readonly Json[]).map(mappingOf);
  } else {
    for (const [key, values] of Object.entries(vectors)) {
      if (!Array.isArray(values)) throw new Error(`matrix: ${key} is no list`);
      legs = legs.flatMap((leg) =>
        (values as readonly Json[]).map((each) => ({ ...leg, [key]: each })),
      );
    }
  }
  if (legs.length === 0 || legs.length > MOST) {
    throw new Error(`a matrix has 1 to ${MOST} jobs, and this one ${legs.length}`);
  }
  return { legs, ...(typeof maxParallel === "number" ? { maxParallel } : {}) };
}
