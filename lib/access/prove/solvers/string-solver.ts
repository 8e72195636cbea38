import { BLOCK_COUNT, representative } from "./characters";
import { DEAD, FOREVER, patternAutomaton, run } from "./pattern-automaton";
import type { PatternState } from "./pattern-automaton";
import { LIMIT, NONE, solved } from "./solution";
import type { Solution } from "./solution";
import { commonPrefix } from "./string-pattern";
import type { StringPattern } from "./string-pattern";

/** Finds a string in a language that is in some patterns and outside of others. */
export interface StringSolver {
  solve(
    language: StringPattern,
    inside: readonly StringPattern[],
    outside: readonly StringPattern[],
  ): Solution<string>;
  matches(pattern: StringPattern, value: string): boolean;
}

/**
 * A solver that runs all patterns at once: the product of their automata, searched in breadth, so that
 * the string found is one of the shortest. Exact: it tries, in each state, every character that some
 * pattern names and one of each block for all the others.
 *
 * @param stateLimit states to visit in one question before it gives up
 * @param budget automata to move on by a character in all questions together before it gives up
 */
export function stringSolver(stateLimit: number, budget = Infinity): StringSolver {
  let left = budget;
  const automata = new Map<string, PatternState>();

  function startOf(pattern: StringPattern): PatternState {
    let start = automata.get(pattern.id);
    if (start === undefined) {
      start = patternAutomaton(pattern);
      automata.set(pattern.id, start);
    }
    return start;
  }

  function matches(pattern: StringPattern, value: string): boolean {
    if (pattern.literal !== undefined) return pattern.literal === value;
    return run(startOf(pattern), value).accepts;
  }

  return {
    matches,
    solve(language, inside, outside) {
      const within = [language, ...inside];
      const literal = within.find((each) => each.literal !== undefined)?.literal;
      if (literal !== undefined) {
        const fits =
          within.every((each) => matches(each, literal)) &&
          !outside.some((each) => matches(each, literal));
        return fits ? solved(literal) : NONE;
      }
      // All strings of the language begin alike: nothing to search up to there.
      const prefix = commonPrefix(language);
      const started = (pattern: StringPattern): PatternState => run(startOf(pattern), prefix);
      const rest = searchProduct(
        within.map(started).filter((state) => state !== FOREVER),
        outside.map(started).filter((state) => state !== DEAD),
        stateLimit,
        (moves) => (left -= moves) > 0,
      );
      return rest.solved ? solved(prefix + rest.value) : rest;
    },
  };
}

/** A state of the product, and how it was reached. */
interface Visit {
  readonly inside: readonly PatternState[];
  readonly outside: readonly PatternState[];
  readonly code: number;
  readonly previous: Visit | undefined;
}

function searchProduct(
  inside: readonly PatternState[],
  outside: readonly PatternState[],
  stateLimit: number,
  spend: (moves: number) => boolean,
): Solution<string> {
  if (inside.includes(DEAD) || outside.includes(FOREVER)) return NONE;
  const start: Visit = { inside, outside, code: 0, previous: undefined };
  const queue = [start];
  const visited = new Set([keyOf(start)]);
  for (const visit of queue) {
    if (isSolution(visit)) return solved(spell(visit));
    const codes = candidates(visit);
    if (!spend(codes.length * (inside.length + outside.length))) return LIMIT;
    for (const code of codes) {
      const next = step(visit, code);
      if (next === undefined) continue;
      const key = keyOf(next);
      if (visited.has(key)) continue;
      if (visited.size >= stateLimit) return LIMIT;
      visited.add(key);
      queue.push(next);
    }
  }
  return NONE;
}

/** The states that a character leads to, or `undefined` where no continuation can be a solution. */
function step(visit: Visit, code: number): Visit | undefined {
  const inside: PatternState[] = [];
  for (const state of visit.inside) {
    const reached = state.next(code);
    if (reached === DEAD) return undefined;
    inside.push(reached);
  }
  const outside: PatternState[] = [];
  for (const state of visit.outside) {
    const reached = state.next(code);
    if (reached === FOREVER) return undefined;
    outside.push(reached);
  }
  return { inside, outside, code, previous: visit };
}

function isSolution({ inside, outside }: Visit): boolean {
  return inside.every((state) => state.accepts) && !outside.some((state) => state.accepts);
}

function keyOf({ inside, outside }: Visit): string {
  let key = "";
  for (const state of inside) key += `${state.id},`;
  for (const state of outside) key += `${state.id},`;
  return key;
}

/** One character for each way in which the automata can go on. */
function candidates({ inside, outside }: Visit): readonly number[] {
  const narrow = inside.find((state) => state.onlyNamed);
  if (narrow !== undefined) return narrow.named;
  const named = new Set<number>();
  for (const state of inside) for (const code of state.named) named.add(code);
  for (const state of outside) for (const code of state.named) named.add(code);
  const codes: number[] = [];
  for (let block = 0; block < BLOCK_COUNT; block++) {
    const code = representative(block, named);
    if (code !== undefined) codes.push(code);
  }
  return [...codes, ...[...named].sort((a, b) => a - b)];
}

function spell(visit: Visit): string {
  const codes: number[] = [];
  let at = visit;
  while (at.previous !== undefined) {
    codes.push(at.code);
    at = at.previous;
  }
  return String.fromCharCode(...codes.reverse());
}
