/**
 * The characters in blocks that the patterns and languages of IAM never split, except by naming single
 * characters. The order, of blocks and within them, is the order in which a witness prefers them.
 */
const BLOCKS = [
  "xyzwvutsrqponmlkjihgfedcba",
  "0123456789",
  "XYZWVUTSRQPONMLKJIHGFEDCBA",
  "-_.+=,@",
  ":",
  "/",
  "!#$%&'()*;<>?[]^`{|}~\"\\",
  // All the rest; these stand for it.
  " \u00e9\u00fc\u00f1\u00f8\u00e5\u00df\u00e6\u00a1\u00a2\u00a3\u00a4\u00a5\u00a6\u00a7\u00a8",
] as const;

const LOWER = 1 << 0;
const DIGIT = 1 << 1;
const UPPER = 1 << 2;
const NAME_MARK = 1 << 3;
const COLON = 1 << 4;
const SLASH = 1 << 5;
const MARK = 1 << 6;

/** A set of blocks, as a bit mask. */
export type CharacterClass = number;

/** Every character. */
export const ANY: CharacterClass = (1 << BLOCKS.length) - 1;
/** Digits. */
export const DIGITS: CharacterClass = DIGIT;
/** Lower-case letters and digits. */
export const LOWER_OR_DIGITS: CharacterClass = LOWER | DIGITS;
/** Upper-case letters and digits: unique ids of IAM. */
export const UPPER_OR_DIGITS: CharacterClass = UPPER | DIGIT;
/** What names of roles, users and sessions are made of (rules ID-05, ID-13). */
export const NAME: CharacterClass = LOWER_OR_DIGITS | UPPER | NAME_MARK;
/** What external ids are made of (rule ID-12). */
export const EXTERNAL_ID: CharacterClass = NAME | COLON | SLASH;
/** What paths are made of (rule ID-07). */
export const PRINTABLE: CharacterClass = EXTERNAL_ID | MARK;
/** Everything but a colon: what a wildcard in a field of an ARN spans (rule GR-21). */
export const NOT_COLON: CharacterClass = ANY & ~COLON;
/** Everything but a slash: what a wildcard spans in a value that is one segment of another. */
export const NOT_SLASH: CharacterClass = ANY & ~SLASH;

const CODES: readonly (readonly number[])[] = BLOCKS.map((block) =>
  Array.from({ length: block.length }, (_, at) => block.charCodeAt(at)),
);
const BLOCK_OF: ReadonlyMap<number, number> = new Map(
  CODES.flatMap((codes, block) => codes.map((code) => [code, block] as const)),
);

/** The number of blocks. */
export const BLOCK_COUNT = BLOCKS.length;

/** The block of a character, by its number. */
export function blockOf(code: number): number {
  return BLOCK_OF.get(code) ?? BLOCK_COUNT - 1;
}

/** Whether a class has a character. */
export function inClass(set: CharacterClass, code: number): boolean {
  return (set & (1 << blockOf(code))) !== 0;
}

/** The preferred character of a block outside of some, or `undefined` when none is left. */
export function representative(block: number, except: ReadonlySet<number>): number | undefined {
  return CODES[block]?.find((code) => !except.has(code));
}
