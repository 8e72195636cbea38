import { globOf, literalGlob, matchesGlob } from "../../iam/condition/glob";

/** A part of a caller's name: one value, or a pattern in which `*` and `?` are wildcards. */
export type NamePart = { readonly equals: string } | { readonly like: string };

/** A value of a policy as a part: with wildcards it is a pattern where the operator reads them. */
export function namePart(value: string, readsWildcards: boolean): NamePart {
  return readsWildcards && /[*?]/.test(value) ? { like: value } : { equals: value };
}

/** The value or pattern as it is written. */
export function partText(part: NamePart): string {
  return "like" in part ? part.like : part.equals;
}

/** Whether a value is the part, or matches it. */
export function matchesPart(part: NamePart, value: string): boolean {
  return matchesGlob("like" in part ? globOf(part.like) : literalGlob(part.equals), value);
}

/** A value that the part matches, in which each wildcard is filled with something that nobody would write. */
export function partExample(part: NamePart): string {
  return "like" in part ? part.like.replaceAll("*", "zq0").replaceAll("?", "z") : part.equals;
}
