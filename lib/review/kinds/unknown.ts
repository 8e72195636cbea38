import type { PolicyNode } from "../../access/access-graph";
import { unattachedReason } from "../../access/read/unattached-policies";
import { describeAssertion } from "../../account-map/model/describe-assertion";
import type { CompareContext, ComparedSide } from "../compare/compare-context";
import { accountsOf, entity, entityName, groupEntity } from "../words/names";
import { say } from "../words/text";
import type { Sentence } from "../words/text";
import type { ToldGroup, ToldReview } from "../words/told";
import type { ChangeKind } from "./change-kind";

/** Something that could not be compared: never taken for no change. */
export interface UnknownChange {
  readonly kind: "unknown";
  /** ARN, stack or file. */
  readonly subject: string;
  readonly reason: string;
}

/** What could not be compared: never taken for no change. */
export const unknownKind: ChangeKind<UnknownChange> = {
  kind: "unknown",
  title: "Could not be compared",
  find: unknownChanges,
  subject: ({ subject }) => subject,
  // What could not be read of a stack is called by its file.
  stacks: ({ subject }) => [subject.replace(/\/[^/]*$/, ""), subject],
  triggers: () => ["unknown"],
  sentence: unknownSentence,
};

/** What could not be read on either side, once each. Of it nothing is said, also not that it is the same. */
function unknownChanges({ base, head }: CompareContext): readonly UnknownChange[] {
  const found = new Map<string, UnknownChange>();
  for (const change of [...unread(base), ...unread(head), ...unattached(base, head)]) {
    found.set(JSON.stringify([change.subject, change.reason]), change);
  }
  return [...found.values(), ...unprovedAssertions(base, head)];
}

/** Without a plan, which says what the entries of the map are, the assertions of the base's map are unknown. */
function unprovedAssertions(base: ComparedSide, head: ComparedSide): readonly UnknownChange[] {
  if ((head.tree.plan ?? base.tree.plan) !== undefined) return [];
  return (base.tree.map?.assertions ?? []).map((assertion) => ({
    kind: "unknown",
    subject: describeAssertion(assertion),
    reason: "the roles that the assertion names are unknown without the resolved map",
  }));
}

/** Policies that nothing attaches, if they are added or changed: anyone who has one gets other permissions. */
function unattached(base: ComparedSide, head: ComparedSide): readonly UnknownChange[] {
  const declared = new Set(
    (head.tree.plan?.accounts ?? []).flatMap(({ boundaries }) => boundaries.map(({ arn }) => arn)),
  );
  const before = base.graph.policies ?? new Map<string, PolicyNode>();
  return [...(head.graph.policies?.values() ?? [])].flatMap((policy): UnknownChange[] => {
    const { arn, isUsed, document } = policy;
    const same = JSON.stringify(before.get(arn)?.document) === JSON.stringify(document);
    if (isUsed || same || declared.has(arn)) return [];
    return [{ kind: "unknown", subject: arn, reason: unattachedReason(policy) }];
  });
}

function unread({ tree, graph }: ComparedSide): readonly UnknownChange[] {
  const all = tree.unread.map(({ subject, reason }): UnknownChange => ({
    kind: "unknown",
    subject,
    reason,
  }));
  const trusts = [...graph.roles.values()].flatMap(({ arn, trust }): UnknownChange[] =>
    trust.known
      ? []
      : [{ kind: "unknown", subject: arn, reason: `its trust policy: ${trust.reason}` }],
  );
  return [...all, ...trusts];
}

/** What could not be compared. */
function unknownSentence(
  { subject, reason }: UnknownChange,
  group: ToldGroup,
  review: ToldReview,
): Sentence {
  if (group.accountIds.length < 2) {
    const what = entityName(subject).what === "other" ? say`${subject}` : entity(subject, review);
    return say`${what} could not be compared: ${reason}`;
  }
  // A stack is called by the key of its account, and the accounts say it.
  const shown = subject.startsWith("arn:")
    ? groupEntity(subject, group, review)
    : accountsOf(group, review);
  return say`${shown} could not be compared: ${reason}`;
}
