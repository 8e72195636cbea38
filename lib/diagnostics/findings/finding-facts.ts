import type { Severity } from "../severity";

/** What is known of a finding, printed or not. */
export interface FindingFacts<Id extends string = string> {
  /** Stable id, that of the reference where the fact is there. */
  readonly id: Id;
  /** One sentence: what must hold. */
  readonly summary: string;
  /** What happens where it does not hold. */
  readonly why: string;
  /** The page or evidence that it rests on. */
  readonly source: string;
}

/** A finding that no rule stands for: it has no id in the reference of IAM. */
export interface LooseFinding<Id extends string = string> extends FindingFacts<Id> {
  readonly severity: Severity;
  /** The part that reports it. */
  readonly by: "account map" | "terraform" | "organization" | "review";
}
