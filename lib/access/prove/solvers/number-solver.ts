import { LIMIT, NONE, solved } from "./solution";
import type { Solution } from "./solution";

/** A comparison of a number with a bound; the others are negations of these. */
export interface NumberTest {
  readonly comparison: "less" | "less-equals" | "equals";
  readonly bound: number;
}

/** A comparison that must hold or must fail. */
export interface NumberConstraint extends NumberTest {
  readonly holds: boolean;
}

/** The numbers that a key can have. */
export interface NumberDomain {
  readonly integer: boolean;
  readonly min: number;
  readonly max: number;
}

/** Whether a number passes a comparison. */
export function passes({ comparison, bound }: NumberTest, value: number): boolean {
  if (comparison === "equals") return value === bound;
  return comparison === "less" ? value < bound : value <= bound;
}

/** Finds a number of a domain that satisfies all constraints, the smallest where there is one. */
export function solveNumber(
  domain: NumberDomain,
  constraints: readonly NumberConstraint[],
): Solution<number> {
  const { low, high, lowOpen, highOpen } = bounds(domain, constraints);
  if (low > high || (low === high && (lowOpen || highOpen))) return NONE;
  // Only exclusions are left: more candidates than exclusions, so one remains unless the gap is too fine.
  const count = constraints.length + 3;
  const step = domain.integer ? 1 : Math.min(1, (high - low) / (count + 1));
  for (let index = 0; index <= count; index++) {
    const candidate = low + index * step;
    if (candidate > high) break;
    if (constraints.every((each) => passes(each, candidate) === each.holds)) {
      return solved(candidate);
    }
  }
  return domain.integer || low === high ? NONE : LIMIT;
}

/** Finds two integers of a domain, the first not greater than the second, each with constraints of its own. */
export function solveOrderedPair(
  domain: NumberDomain,
  first: readonly NumberConstraint[],
  second: readonly NumberConstraint[],
): Solution<readonly [number, number]> {
  const low = solveNumber(domain, first);
  if (!low.solved) return low;
  const high = solveNumber({ ...domain, min: Math.max(domain.min, low.value) }, second);
  return high.solved ? solved([low.value, high.value]) : high;
}

interface Bounds {
  readonly low: number;
  readonly high: number;
  readonly lowOpen: boolean;
  readonly highOpen: boolean;
}

function bounds(domain: NumberDomain, constraints: readonly NumberConstraint[]): Bounds {
  let found: Bounds = { low: domain.min, high: domain.max, lowOpen: false, highOpen: false };
  for (const { comparison, bound, holds } of constraints) {
    if (comparison !== "equals") {
      found = holds
        ? lower(found, bound, comparison === "less")
        : raise(found, bound, comparison === "less-equals");
    } else if (holds) {
      found = lower(raise(found, bound, false), bound, false);
    }
  }
  if (!domain.integer) return found;
  const { low, high, lowOpen, highOpen } = found;
  return {
    low: lowOpen ? Math.floor(low) + 1 : Math.ceil(low),
    high: highOpen ? Math.ceil(high) - 1 : Math.floor(high),
    lowOpen: false,
    highOpen: false,
  };
}

function raise(found: Bounds, low: number, open: boolean): Bounds {
  if (low < found.low) return found;
  return { ...found, low, lowOpen: open || (low === found.low && found.lowOpen) };
}

function lower(found: Bounds, high: number, open: boolean): Bounds {
  if (high > found.high) return found;
  return { ...found, high, highOpen: open || (high === found.high && found.highOpen) };
}
