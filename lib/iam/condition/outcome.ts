/**
 * What evaluating a part of a policy came to. `unknown` stands for what the sources leave open or
 * what AWS would not have stored: it is neither a match nor the absence of one.
 */
export interface Outcome {
  readonly outcome: "match" | "no-match" | "unknown";
  /** Why, in words that can stand behind the name of a statement. */
  readonly reason: string;
}

/** An outcome that holds. */
export function match(reason: string): Outcome {
  return { outcome: "match", reason };
}

/** An outcome that does not hold. */
export function noMatch(reason: string): Outcome {
  return { outcome: "no-match", reason };
}

/** An outcome that is unknown. */
export function unknown(reason: string): Outcome {
  return { outcome: "unknown", reason };
}

/** All must hold: one that does not decides, then one that is unknown. Nothing at all holds. */
export function allOf(outcomes: readonly Outcome[], reason = "all hold"): Outcome {
  return (
    outcomes.find((each) => each.outcome === "no-match") ??
    outcomes.find((each) => each.outcome === "unknown") ??
    match(outcomes.length === 1 ? (outcomes[0]?.reason ?? reason) : reason)
  );
}

/** One must hold: one that does decides, then one that is unknown. Nothing at all does not hold. */
export function anyOf(outcomes: readonly Outcome[], reason = "none holds"): Outcome {
  return (
    outcomes.find((each) => each.outcome === "match") ??
    outcomes.find((each) => each.outcome === "unknown") ??
    noMatch(outcomes.length === 1 ? (outcomes[0]?.reason ?? reason) : reason)
  );
}

/** The complement; what is unknown stays so. */
export function negate(outcome: Outcome): Outcome {
  switch (outcome.outcome) {
    case "match":
      return noMatch(outcome.reason);
    case "no-match":
      return match(outcome.reason);
    case "unknown":
      return outcome;
  }
}
