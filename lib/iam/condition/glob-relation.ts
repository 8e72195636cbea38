import { MANY, ONE } from "./glob";
import type { Glob } from "./glob";

/**
 * Whether every text that one pattern matches, another matches, too. Never true where it is not so; where it
 * is so only because a wildcard stands for one of several stretches, it may not be seen.
 */
export function coversGlob(outer: Glob, inner: Glob): boolean {
  return relate(
    outer,
    inner,
    (wide, narrow) => wide === narrow || (wide === ONE && narrow !== MANY),
    false,
  );
}

/** Whether some text matches both patterns. */
export function globsMeet(one: Glob, other: Glob): boolean {
  return relate(one, other, (a, b) => a === b || a === ONE || b === ONE, true);
}

/**
 * Walks two patterns side by side.
 *
 * @param bothWild whether a `*` of the second pattern may be walked through as one of the first is
 */
function relate(
  first: Glob,
  second: Glob,
  fits: (a: number, b: number) => boolean,
  bothWild: boolean,
): boolean {
  // Row by row: whether the first pattern's rest from `at` relates to the second's rest from each place.
  let next = new Array<boolean>(second.length + 1).fill(false);
  for (let at = first.length; at >= 0; at--) {
    const row = new Array<boolean>(second.length + 1).fill(false);
    for (let place = second.length; place >= 0; place--) {
      const [a, b] = [first[at], second[place]];
      const skipFirst = a === MANY && (next[place] ?? false);
      const skipSecond = b === MANY && bothWild && (row[place + 1] ?? false);
      const eatSecond = a === MANY && b !== undefined && (row[place + 1] ?? false);
      const eatFirst =
        b === MANY && bothWild && a !== undefined && a !== MANY && (next[place] ?? false);
      const together =
        a !== undefined &&
        b !== undefined &&
        a !== MANY &&
        b !== MANY &&
        fits(a, b) &&
        (next[place + 1] ?? false);
      row[place] =
        (a === undefined && b === undefined) ||
        skipFirst ||
        skipSecond ||
        eatSecond ||
        eatFirst ||
        together;
    }
    next = row;
  }
  return next[0] ?? false;
}
