import { ANY, blockOf, inClass } from "./characters";
import type { StringPattern, Token } from "./string-pattern";

/** A state of the deterministic automaton of a pattern. */
export interface PatternState {
  /** Tells the state from others of the same automaton. */
  readonly id: number;
  /** Whether the text that led here matches. */
  readonly accepts: boolean;
  /** The characters that the state tells from others of their block. */
  readonly named: readonly number[];
  /** Whether nothing but the named characters leads on. */
  readonly onlyNamed: boolean;
  next(code: number): PatternState;
}

/** The state from which nothing matches any more. */
export const DEAD: PatternState = {
  id: 0,
  accepts: false,
  named: [],
  onlyNamed: true,
  next: () => DEAD,
};

/** The state from which everything matches. */
export const FOREVER: PatternState = {
  id: 1,
  accepts: true,
  named: [],
  onlyNamed: false,
  next: () => FOREVER,
};

/** The state that a text leads to. */
export function run(from: PatternState, text: string): PatternState {
  let state = from;
  for (let at = 0; at < text.length && state !== DEAD && state !== FOREVER; at++) {
    state = state.next(text.charCodeAt(at));
  }
  return state;
}

/** Above every UTF-16 code unit: transitions of whole blocks are kept under block + this. */
const BLOCK_BASE = 0x10000;

/**
 * The first state of a pattern's automaton: the positions in its tokens that are possible at once (the
 * subset construction). The other states come into being when they are first reached.
 */
export function patternAutomaton({ alternatives }: StringPattern): PatternState {
  const tokens: (Token | undefined)[] = [];
  const starts: number[] = [];
  for (const alternative of alternatives) {
    starts.push(tokens.length);
    // An end marker closes each alternative.
    tokens.push(...alternative, undefined);
  }
  const forever = foreverPositions(tokens);
  const states = new Map<string, PatternState>([["", DEAD]]);

  function stateOf(positions: ReadonlySet<number>): PatternState {
    const closed = close(positions, tokens);
    if (closed.some((position) => forever.has(position))) return FOREVER;
    const key = closed.join();
    let state = states.get(key);
    if (state === undefined) {
      state = newState(closed, states.size + 1);
      states.set(key, state);
    }
    return state;
  }

  function newState(positions: readonly number[], id: number): PatternState {
    const live = positions.map((position) => tokens[position]);
    const named = [...new Set(live.flatMap((token) => token?.codes ?? []))];
    const transitions = new Map<number, PatternState>();
    return {
      id,
      accepts: live.includes(undefined),
      named,
      onlyNamed: live.every((token) => token === undefined || token.set === 0),
      next(code) {
        const key = named.includes(code) ? code : BLOCK_BASE + blockOf(code);
        let reached = transitions.get(key);
        if (reached === undefined) {
          reached = stateOf(step(positions, tokens, code));
          transitions.set(key, reached);
        }
        return reached;
      },
    };
  }

  return stateOf(new Set(starts));
}

function step(
  positions: readonly number[],
  tokens: readonly (Token | undefined)[],
  code: number,
): ReadonlySet<number> {
  const reached = new Set<number>();
  for (const position of positions) {
    const token = tokens[position];
    if (token !== undefined && (token.codes.includes(code) || inClass(token.set, code))) {
      reached.add(token.many ? position : position + 1);
    }
  }
  return reached;
}

/** Positions behind a repeated token are reached without a character too. */
function close(positions: ReadonlySet<number>, tokens: readonly (Token | undefined)[]): number[] {
  const closed = new Set(positions);
  for (const position of closed) if (tokens[position]?.many === true) closed.add(position + 1);
  return [...closed].sort((a, b) => a - b);
}

/** Positions from which any text is accepted: nothing but repetitions of everything to the end. */
function foreverPositions(tokens: readonly (Token | undefined)[]): ReadonlySet<number> {
  const forever = new Set<number>();
  for (let position = tokens.length - 2; position >= 0; position--) {
    const token = tokens[position];
    const last = tokens[position + 1] === undefined || forever.has(position + 1);
    if (token?.many === true && token.set === ANY && last) forever.add(position);
  }
  return forever;
}
