import { arnFields } from "../../iam/condition/arn-match";
import { globOf, MANY, matchesGlob, ONE } from "../../iam/condition/glob";
import type { Glob } from "../../iam/condition/glob";

/** Whether every action that a pattern names is named by another; where that is not certain, no. */
export function coversAction(wide: string, narrow: string): boolean {
  return coversText(wide.toLowerCase(), narrow.toLowerCase());
}

/** Whether every resource that a pattern names is named by another; where that is not certain, no. */
export function coversResource(wide: string, narrow: string): boolean {
  if (wide === "*" || wide === narrow) return true;
  if (!coversText(wide, narrow)) return false;
  // Wildcards span a field of an ARN, not the text (rule GR-21).
  const fields = [wide, narrow].map((pattern) => arnFields(globOf(pattern))?.map(textOf));
  const [own, other] = fields;
  return (
    own !== undefined &&
    other !== undefined &&
    own.every((field, index) => coversText(field, other[index] ?? ""))
  );
}

/** A `*` that spans a wildcard spans all that it stands for; a `?` does not span a `*`. */
function coversText(wide: string, narrow: string): boolean {
  if (wide === narrow || wide === "*") return true;
  if (wide.includes("${") || narrow.includes("${")) return false;
  if (wide.includes("?") && narrow.includes("*")) return false;
  return matchesGlob(globOf(wide), narrow);
}

function textOf(glob: Glob): string {
  return glob
    .map((part) => (part === MANY ? "*" : part === ONE ? "?" : String.fromCharCode(part)))
    .join("");
}
