/** Who else a subject trusts, in words that follow "trusts". */
export interface Breadth {
  readonly others: string;
  /** What to write instead. */
  readonly help: string;
}

/** Claims that are tested beside a subject, by their names in lower case, with the values that pass. */
export type TestedClaims = ReadonlyMap<string, readonly string[]>;

/** Whether a claim is tested so that it can have a few values only: none of them holds a wildcard. */
export function isPinned(claims: TestedClaims, ...names: readonly string[]): boolean {
  return names.some((name) => {
    const values = claims.get(name);
    return values !== undefined && values.length > 0 && !values.some(isPattern);
  });
}

/** Whether a text holds a wildcard. */
export function isPattern(text: string): boolean {
  return /[*?]/.test(text);
}

/**
 * Whether a name can be chosen freely: nothing, or only a wildcard, stands at its beginning. Whoever makes branches
 * can then give one a name that matches; `release/*` can be protected as such.
 */
export function isOpen(name: string): boolean {
  return name === "" || /^[*?]/.test(name);
}

/** A name in words: any one, or those that match a pattern. */
export function anyNamed(what: string, pattern: string): string {
  return /^\*+$/.test(pattern) || pattern === ""
    ? `any ${what}`
    : `any ${what} that matches \`${pattern}\``;
}

/** Every thing of a kind that somebody owns, in words: all, or those whose name matches a pattern. */
export function everyOne(what: string, owner: string, pattern: string): string {
  const named = /^\*+$/.test(pattern) || pattern === "" ? "" : ` that matches \`${pattern}\``;
  return `every ${what} of ${owner}${named}, including future ones`;
}
