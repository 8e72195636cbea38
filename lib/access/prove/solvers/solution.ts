/** What a search for a value came to: the value, the certainty that there is none, or a limit reached. */
export type Solution<T> =
  | { readonly solved: true; readonly value: T }
  | { readonly solved: false; readonly limit: boolean };

/** No value exists. */
export const NONE = { solved: false, limit: false } as const;
/** The limit of the search was reached: there may be a value or not. */
export const LIMIT = { solved: false, limit: true } as const;

/** A value that was found. */
export function solved<T>(value: T): Solution<T> {
  return { solved: true, value };
}
