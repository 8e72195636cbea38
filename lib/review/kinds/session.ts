import { formatDuration } from "../../account-map/model/duration";
import type { CompareContext } from "../compare/compare-context";
import { groupEntity } from "../words/names";
import { say, words } from "../words/text";
import type { Sentence } from "../words/text";
import type { ToldGroup, ToldReview } from "../words/told";
import type { ChangeKind } from "./change-kind";

/** How long sessions of a role last at most, seconds. */
export interface SessionChange {
  readonly kind: "session";
  readonly role: string;
  readonly before: number;
  readonly after: number;
}

/** The longest sessions of roles. */
export const sessionKind: ChangeKind<SessionChange> = {
  kind: "session",
  title: "Sessions",
  find: sessionChanges,
  subject: ({ role }) => role,
  triggers: ({ before, after }) => [after > before ? "widened" : "narrowed"],
  isSingle: true,
  sentence: sessionSentence,
};

/** Roles whose sessions last longer or shorter than before. */
function sessionChanges({ roles }: CompareContext): readonly SessionChange[] {
  return roles.both.flatMap(({ base, head }): SessionChange[] => {
    const [before, after] = [base.maxSessionDuration, head.maxSessionDuration];
    return before === after ? [] : [{ kind: "session", role: head.arn, before, after }];
  });
}

/** How long sessions last, before and after. */
function sessionSentence(
  { role, before, after }: SessionChange,
  group: ToldGroup,
  review: ToldReview,
): Sentence {
  const longer = after > before ? "longer" : "shorter";
  return say`sessions of ${groupEntity(role, group, review)} can last ${words(longer)}: ${formatDuration(before)} -> ${formatDuration(after)}`;
}
