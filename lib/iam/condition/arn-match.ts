import { matchesGlob } from "./glob";
import type { Glob } from "./glob";

const COLON = 58;
const ARN_FIELDS = 6;

/**
 * The six fields of an ARN pattern, or `undefined` when it has fewer. Colons behind the fifth belong to
 * the sixth field.
 */
export function arnFields(glob: Glob): readonly Glob[] | undefined {
  const fields: Glob[] = [];
  let from = 0;
  for (let at = 0; at < glob.length && fields.length < ARN_FIELDS - 1; at++) {
    if (glob[at] === COLON) {
      fields.push(glob.slice(from, at));
      from = at + 1;
    }
  }
  fields.push(glob.slice(from));
  return fields.length === ARN_FIELDS ? fields : undefined;
}

/**
 * Whether an ARN matches a pattern field by field, case-sensitively: a `*` spans `/` but not `:`,
 * except in the sixth field, whose colons are part of the resource (rule GR-21). A text with fewer
 * than six fields matches nothing; a pattern with fewer is the caller's to refuse, here it matches
 * nothing either.
 */
export function matchesArn(glob: Glob, arn: string): boolean {
  const patterns = arnFields(glob);
  const fields = splitArn(arn);
  if (patterns === undefined || fields === undefined) return false;
  return patterns.every((pattern, index) => matchesGlob(pattern, fields[index] ?? ""));
}

/** The six fields of an ARN, or `undefined` when it has fewer. */
export function splitArn(arn: string): readonly string[] | undefined {
  const parts = arn.split(":");
  if (parts.length < ARN_FIELDS) return undefined;
  return [...parts.slice(0, ARN_FIELDS - 1), parts.slice(ARN_FIELDS - 1).join(":")];
}
