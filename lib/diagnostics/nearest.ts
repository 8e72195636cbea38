import { distance } from "fastest-levenshtein";

/** The known name nearest to a mistyped one, or `undefined` when none is near enough to be meant. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of known) {
    const steps = distance(name.toLowerCase(), candidate.toLowerCase());
    if (steps < bestDistance) {
      best = candidate;
      bestDistance = steps;
    }
  }
  return best;
}

/** Names in backticks, sorted, for the "allowed" part of a message; a long list is cut. */
export function listNames(names: Iterable<string>, most = 12): string {
  const sorted = [...names].sort();
  if (sorted.length === 0) return "none";
  const shown = sorted.slice(0, most).map((name) => `\`${name}\``);
  const hidden = sorted.length - shown.length;
  return hidden > 0 ? `${shown.join(", ")} and ${hidden} more` : shown.join(", ");
}
