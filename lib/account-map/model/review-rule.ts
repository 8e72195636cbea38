import type { Path } from "../../source/source";

/** What a rule of the review can be about. A change can be several of them. */
export const REVIEW_TRIGGERS = [
  /** Someone is allowed, or permitted, who was not; sessions get longer; a boundary goes. */
  "widened",
  /** Someone is no longer allowed, or permitted. */
  "narrowed",
  /** A role can gain permissions that it was not given (rules N1 to N4). */
  "new-escalation",
  /** Someone from an account that is not in the map is allowed. */
  "foreign-principal",
  /** Terraform destroys a role and creates it again. */
  "replaced-role",
  /** A role or user goes. */
  "destroyed-role",
  /** A gate rule, an assertion or an acknowledgement is changed. */
  "safeguard-changed",
  /** An assertion of the base would break. */
  "broken-assertion",
  /** The pipeline is no longer trusted. */
  "pipeline-locked-out",
  /** What could not be compared. */
  "unknown",
] as const;

export type ReviewTrigger = (typeof REVIEW_TRIGGERS)[number];

/** Where a rule of the review applies: accounts of a unit, or one account. */
export type ReviewPlace =
  | { readonly kind: "unit"; readonly pattern: string }
  | { readonly kind: "account"; readonly key: string };

/** What becomes of a change that a rule is about. */
export type ReviewOutcome =
  | { readonly kind: "block" }
  /** All of these teams must approve. */
  | { readonly kind: "approval"; readonly teams: readonly string[] }
  | { readonly kind: "merge" };

/** A rule that says which changes of access may be merged. */
export interface ReviewRule {
  readonly name: string;
  readonly on: readonly ReviewTrigger[];
  /** @default - everywhere */
  readonly in?: readonly ReviewPlace[];
  readonly except: readonly ReviewPlace[];
  readonly outcome: ReviewOutcome;
  /** @default - none is given */
  readonly reason?: string;
  readonly at: Path;
}
