import { kindOf } from "../kinds/kinds";
import type { AccessChange } from "../kinds/kinds";
import type { Review } from "../review";

/** What a change is to its reader, the most important first. */
export const TONES = [
  /** Something would break: an assertion, the pipeline's access, a trust policy that names a replaced role. */
  "blocking",
  /** It could not be compared. */
  "unknown",
  /** A safeguard was changed. */
  "safeguard",
  "widened",
  /** Some access is gained, some is lost. */
  "changed",
  "narrowed",
  /** For information: access stays the same, or other changes say how it changes. */
  "notice",
] as const;

/** One of {@link TONES}. */
export type Tone = (typeof TONES)[number];

/** What a change is to its reader; decided by what it is to the rules of the gate. */
export function toneOf(change: AccessChange): Tone {
  const triggers = new Set(kindOf(change).triggers(change));
  if (triggers.has("broken-assertion") || triggers.has("pipeline-locked-out")) return "blocking";
  if (triggers.has("safeguard-changed")) return "safeguard";
  if (kindOf(change).breaks?.(change) !== undefined) return "blocking";
  if (triggers.has("unknown")) return "unknown";
  if (triggers.has("widened")) return triggers.has("narrowed") ? "changed" : "widened";
  const lost = (["narrowed", "replaced-role", "destroyed-role"] as const).some((trigger) =>
    triggers.has(trigger),
  );
  return lost ? "narrowed" : "notice";
}

/** The result of a review. */
export interface Verdict {
  readonly verdict: "widens" | "unknown" | "narrows" | "none";
  readonly words: string;
}

/** The result of a review, in the words of its title. ComparisonResult weighs most, and unknown is never no change. */
export function verdictOf({ changes }: Review): Verdict {
  const tones = new Set(changes.map(toneOf));
  const unknown = tones.has("unknown");
  if (tones.has("widened") || tones.has("changed")) {
    const words = unknown ? "widens access, and part of it is unknown" : "widens access";
    return { verdict: "widens", words };
  }
  if (unknown) return { verdict: "unknown", words: "unknown" };
  const lost = changes.some(
    (change) =>
      toneOf(change) === "narrowed" || kindOf(change).triggers(change).includes("replaced-role"),
  );
  return lost
    ? { verdict: "narrows", words: "narrows access" }
    : { verdict: "none", words: "no access change" };
}
