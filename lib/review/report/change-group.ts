import { accountOf, changeAccount, changeSubject, kindOf, REPORTED_KINDS } from "../kinds/kinds";
import type { AccessChange } from "../kinds/kinds";
import type { Review } from "../review";
import type { ToldGroup } from "../words/told";
import { TONES, toneOf } from "./change-tone";
import type { Tone } from "./change-tone";
import { likeness } from "../words/likeness";
import { reportedChanges } from "./reported-changes";
import { groupBy } from "../../values/group";
import { byText } from "../../values/order";

/** One change that several accounts have alike, or one account has alone. */
export interface ChangeGroup extends ToldGroup {
  readonly tone: Tone;
  /** The change of the first account; those of the others are equal up to the account. */
  readonly example: AccessChange;
  /** One an account, by account id. */
  readonly changes: readonly AccessChange[];
  /** How many other accounts have another change of the same kind to the same thing, all alike. */
  readonly unlike: number;
}

/**
 * The changes of a review, each once for all accounts that have it alike, the most important first: by
 * tone, then in the order of the kinds, then those of the most accounts first.
 */
export function groupChanges(review: Review): ChangeGroup[] {
  const bySubject = bucket(reportedChanges(review.changes), (change) =>
    likenessOf(change, "subject", review),
  );
  const alone = bySubject.filter((changes) => changes.length === 1).flat();
  const groups = [
    ...bySubject
      .filter((changes) => changes.length > 1)
      .map((changes) => groupOf(changes, "subject", review)),
    ...bucket(alone, (change) => likenessOf(change, "caller", review)).map((changes) =>
      groupOf(changes, changes.length === 1 ? "subject" : "caller", review),
    ),
  ];
  return withUnlike(groups, review).sort(
    (a, b) =>
      TONES.indexOf(a.tone) - TONES.indexOf(b.tone) ||
      REPORTED_KINDS.indexOf(kindOf(a.example)) - REPORTED_KINDS.indexOf(kindOf(b.example)) ||
      b.changes.length - a.changes.length ||
      byText(changeSubject(a.example) ?? "", changeSubject(b.example) ?? "") ||
      byText(JSON.stringify(a.example), JSON.stringify(b.example)),
  );
}

type Side = ChangeGroup["side"];

function groupOf(changes: readonly AccessChange[], side: Side, review: Review): ChangeGroup {
  const placed = changes
    .map((change) => ({ change, account: accountOn(change, side, review) }))
    .sort((a, b) => byText(a.account ?? "", b.account ?? ""));
  const [first] = placed;
  if (first === undefined) throw new Error("a group has changes");
  const ids = placed.flatMap(({ account }) => (account === undefined ? [] : [account]));
  return {
    tone: toneOf(first.change),
    example: first.change,
    changes: placed.map(({ change }) => change),
    accountIds: [...new Set(ids)],
    side,
    unlike: 0,
  };
}

/** Marks groups that differ from a larger one about the same thing. */
function withUnlike(groups: readonly ChangeGroup[], review: Review): ChangeGroup[] {
  const largest = new Map<string, ChangeGroup>();
  const topic = ({ example, side }: ChangeGroup): string =>
    `${example.kind} ${likeness(changeSubject(example) ?? "", accountOn(example, side, review), review)}`;
  for (const group of groups) {
    const other = largest.get(topic(group));
    if (other === undefined || other.accountIds.length < group.accountIds.length) {
      largest.set(topic(group), group);
    }
  }
  return groups.map((group) => {
    const common = largest.get(topic(group));
    const compared = common !== undefined && kindOf(group.example).isSingle === true;
    const apart = compared && common !== group && common.accountIds.length > 2;
    const shared = common?.accountIds.some((id) => group.accountIds.includes(id)) === true;
    return apart && !shared ? { ...group, unlike: common.accountIds.length } : group;
  });
}

/** The account that a change is in, on one of its sides. */
function accountOn(change: AccessChange, side: Side, review: Review): string | undefined {
  const caller = side === "caller" ? kindOf(change).caller?.(change) : undefined;
  const account = (caller === undefined ? undefined : accountOf(caller)) ?? changeAccount(change);
  const subject = changeSubject(change);
  if (account !== undefined || subject === undefined) return account;
  // A stack is called by the key of its account.
  return Object.values(review.accounts).find(({ key }) => key === subject)?.id;
}

function likenessOf(change: AccessChange, side: Side, review: Review): string {
  return likeness(change, accountOn(change, side, review), review);
}

function bucket(
  changes: readonly AccessChange[],
  keyOf: (change: AccessChange) => string,
): readonly (readonly AccessChange[])[] {
  const buckets = groupBy(changes, (change) => keyOf(change));
  return [...buckets.values()];
}

/** The groups of one kind. */
export interface ReportSection {
  readonly kind: AccessChange["kind"];
  readonly title: string;
  readonly groups: readonly ChangeGroup[];
}

/** Groups by kind, in the order of the kinds; those of a kind stay in their order. */
export function sectionsOf(groups: readonly ChangeGroup[]): ReportSection[] {
  return REPORTED_KINDS.map(({ kind, title }) => ({
    kind,
    title,
    groups: groups.filter(({ example }) => example.kind === kind),
  })).filter((section) => section.groups.length > 0);
}
