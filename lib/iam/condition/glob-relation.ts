import { MANY, ONE } from "./glob";
import type { Glob } from "./glob";

/**
 * Whether every text that one pattern matches, another matches, too. Never true where it is not so; where it
 * is so only because a wildcard stands for one of several stretches, it may not be seen.
 */
export function coversGlob(outer: Glob, inner: Glob): boolean {
  return relate(outer, inner, (wide, narrow) => wide === narrow || wide === ONE);
}

/**
 * Whether some text matches both patterns.
 *
 * @param within whether wildcards of the other pattern stand for no slash
 */
export function globsMeet(one: Glob, other: Glob, within = false): boolean {
  const stands = (literal: number): boolean => !within || literal !== SLASH;
  return relate(
    one,
    other,
    (a, b) => a === b || a === ONE || (b === ONE && stands(a)),
    (a) => stands(a),
  );
}

const SLASH = 47;

/**
 * Walks two patterns side by side.
 *
 * @param stands whether a `*` of the second pattern can stand for a part of the first. @default - for none
 */
function relate(
  first: Glob,
  second: Glob,
  fits: (a: number, b: number) => boolean,
  stands?: (a: number) => boolean,
): boolean {
  // Row by row: whether the first pattern's rest relates to the second's rest from each place.
  let next = new Array<boolean>(second.length + 1).fill(false);
  for (let at = first.length; at >= 0; at--) {
    const row = new Array<boolean>(second.length + 1).fill(false);
    for (let place = second.length; place >= 0; place--) {
      const [a, b] = [first[at], second[place]];
      const [below, right, across] = [next[place], row[place + 1], next[place + 1]];
      row[place] =
        (a === undefined && b === undefined) ||
        (a === MANY && below === true) ||
        (a === MANY && b !== undefined && right === true) ||
        (b === MANY && stands !== undefined && right === true) ||
        (b === MANY && a !== undefined && a !== MANY && stands?.(a) === true && below === true) ||
        (a !== undefined &&
          b !== undefined &&
          a !== MANY &&
          b !== MANY &&
          fits(a, b) &&
          across === true);
    }
    next = row;
  }
  return next[0] ?? false;
}
