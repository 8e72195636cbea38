/** In a {@link Glob}: exactly one character, written `?`. */
export const ONE = -1;
/** In a {@link Glob}: any number of characters, written `*`. */
export const MANY = -2;

/**
 * A pattern of IAM: UTF-16 code units, {@link ONE} and {@link MANY}. Numbers instead of text, because
 * `${*}` puts an asterisk into a pattern that is no wildcard. Policies are written in Latin-1 (rule
 * ID-22), where a code unit is a character.
 */
export type Glob = readonly number[];

/** The pattern that a text writes, with `*` and `?` as wildcards. */
export function globOf(text: string): Glob {
  const glob: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    const part = char === "*" ? MANY : char === "?" ? ONE : text.charCodeAt(at);
    if (part !== MANY || glob.at(-1) !== MANY) glob.push(part);
  }
  return glob;
}

/** The pattern that only this text matches. */
export function literalGlob(text: string): Glob {
  return Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
}

/** The one text that matches, or `undefined` when the pattern has a wildcard. */
export function literalText(glob: Glob): string | undefined {
  return glob.some((part) => part < 0) ? undefined : String.fromCharCode(...glob);
}

/**
 * Whether the whole text matches, case-sensitively. Only the last `*` is ever reconsidered, so the time
 * is at most the product of both lengths, and the sum of them for common patterns: no pattern can make
 * it explode.
 */
export function matchesGlob(glob: Glob, text: string): boolean {
  let at = 0;
  let part = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    const expected = glob[part];
    if (expected === MANY) {
      star = part++;
      resume = at;
    } else if (expected === ONE || expected === text.charCodeAt(at)) {
      part++;
      at++;
    } else if (star >= 0) {
      part = star + 1;
      at = ++resume;
    } else {
      return false;
    }
  }
  while (glob[part] === MANY) part++;
  return part === glob.length;
}
