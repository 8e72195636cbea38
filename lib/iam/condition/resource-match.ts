import { arnFields, matchesArn } from "./arn-match";
import { MANY, matchesGlob } from "./glob";
import type { Glob } from "./glob";
import { match, noMatch, unknown } from "./outcome";
import type { Outcome } from "./outcome";

/**
 * Whether the ARN of a resource matches a pattern of a Resource element: field by field, and a pattern
 * with fewer than six fields as if `*` stood in the missing ones. AWS documents that a `*` at the end of
 * a field can reach beyond the colon, but not when: what matches only so is `unknown`.
 */
export function matchResource(pattern: Glob, arn: string): Outcome {
  if (pattern.length === 1 && pattern[0] === MANY) return match("every resource is named");
  if (matchesArn(completedArn(pattern), arn)) return match("the resource is named");
  return matchesGlob(pattern, arn)
    ? unknown("the resource matches only if `*` reaches beyond a colon")
    : noMatch("the resource is not named");
}

const COLON = 58;

/** A pattern of six fields: with `*` in each field that it lacks. */
export function completedArn(pattern: Glob): Glob {
  let full = pattern;
  while (arnFields(full) === undefined) full = [...full, COLON, MANY];
  return full;
}
