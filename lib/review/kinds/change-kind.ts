import type { ReviewTrigger } from "../../account-map/model/review-rule";
import type { ComparisonResult, Direction } from "../compare/direction";
import type { Comparison } from "../compare/comparison";
import type { Sentence } from "../words/text";
import type { ToldGroup, ToldReview } from "../words/told";
import type { ReviewFindingId } from "../../diagnostics/findings/finding-id";

/** A change of some kind. */
interface Change {
  readonly kind: string;
}

/** All that the review knows of one kind of change: how it is found, said and judged. */
export interface ChangeKind<C extends Change> {
  readonly kind: C["kind"];
  /** Heading of its changes in reports. */
  readonly title: string;

  /** Finds its changes; `earlier` are those of the kinds before it in the list. */
  find(compared: Comparison, earlier: readonly Change[]): readonly C[];

  /** What a change is about: mostly an ARN, or the id of an account; `undefined` for what is in no account. */
  subject(change: C): string | undefined;

  /** What its changes are sorted by, after the direction. @default - the subject */
  order?(change: C): readonly string[];

  /** What a change is for the gate. What only tells of a change that is listed by itself is nothing. */
  triggers(change: C): readonly ReviewTrigger[];

  /** Why a change is blocked whatever a rule says. @default - it is not */
  breaks?(change: C): string | undefined;

  /** A group of changes that are alike in one sentence, without a final period. */
  sentence(change: C, group: ToldGroup, review: ToldReview): Sentence;

  /** Id of its findings where what happened has a name. @default - the id says which way access goes */
  finding?(change: C): ReviewFindingId | undefined;

  /** Whether a change counts as gained, as lost, or both. @default - as the gate sees it */
  sides?(change: C): { readonly gained: boolean; readonly lost: boolean };

  /** Who calls, as a policy names it. @default - the change is about no caller */
  caller?(change: C): string;

  /** Names of the stacks that a change names. @default - none */
  stacks?(change: C): readonly string[];

  /** Whether a thing has at most one change of the kind, so that those of other accounts can be compared. @default false */
  readonly isSingle?: true;
}

/** What is gained widens access. */
export function directionTriggers(direction: Direction): readonly ReviewTrigger[] {
  return [direction === "gained" ? "widened" : "narrowed"];
}

/** What the result of a comparison is for the gate. */
export function resultTriggers(result: ComparisonResult): readonly ReviewTrigger[] {
  switch (result) {
    case "changed":
      return ["widened", "narrowed"];
    case "equivalent":
      return [];
    default:
      return [result];
  }
}
