import { distance } from "fastest-levenshtein";
import { quoteName } from "./quote";

/** The known name nearest to a mistyped one, or `undefined` when none is near enough to be meant. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase();
  let best: string | undefined;
  let bestSteps = Math.max(2, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of known) {
    // Names of very different lengths are never near, and lengths cost nothing to compare.
    if (Math.abs(candidate.length - wanted.length) >= bestSteps) continue;
    const steps = distance(wanted, candidate.toLowerCase());
    // Where half of the letters differ, another name is meant.
    if (steps >= bestSteps || 2 * steps > Math.max(wanted.length, candidate.length)) continue;
    best = candidate;
    bestSteps = steps;
  }
  return best ?? partOf(name, known);
}

/** The known name that has all words of another, as `aws-us-gov` of `aws-gov`, or that is one of them, as `id` of `accountId`. */
function partOf(name: string, known: Iterable<string>): string | undefined {
  const words = wordsOf(name);
  if (words.size < 2) return undefined;
  const candidates = [...known];
  const whole = candidates.find((candidate) => {
    const parts = wordsOf(candidate);
    return [...words].every((word) => parts.has(word));
  });
  return whole ?? candidates.find((candidate) => words.has(candidate.toLowerCase()));
}

function wordsOf(name: string): ReadonlySet<string> {
  const words = name.split(/[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])/);
  return new Set(words.map((word) => word.toLowerCase()));
}

/** Names in backticks, sorted, for the "allowed" part of a message; a long list is cut. */
export function listNames(names: Iterable<string>, most = 12): string {
  const sorted = [...names].sort();
  if (sorted.length === 0) return "none";
  const shown = sorted.slice(0, most).map(quoteName);
  const hidden = sorted.length - shown.length;
  return hidden > 0 ? `${shown.join(", ")} and ${hidden} more` : shown.join(", ");
}
