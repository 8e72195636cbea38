import type { Readable, RoleNode } from "../../access/access-graph";
import { entriesOfRole } from "../../access/callers/caller-in-request";
import type { PolicyDocument } from "../../iam/policy-document";
import { policyText } from "../../iam/policy-text";
import type { CompareContext } from "../compare/compare-context";
import type { ComparisonResult } from "../compare/direction";
import type { RolePair } from "../compare/pair-roles";
import { trustProver } from "../compare/trust-prover";
import type { Excess, TrustProver } from "../compare/trust-prover";
import type { TrustedEntry } from "../compare/trusted-entry";
import type { WitnessText } from "../compare/witness-text";
import { entryWords } from "../words/callers/terms-words";
import { callerNames, groupEntity } from "../words/names";
import { listed, say, words } from "../words/text";
import type { Sentence } from "../words/text";
import type { ToldGroup, ToldReview } from "../words/told";
import { witness } from "../words/witness";
import { resultTriggers } from "./change-kind";
import type { ChangeKind } from "./change-kind";

/** The trust policy of a role that both trees have. */
export interface TrustChange {
  readonly kind: "trust";
  readonly role: string;
  readonly change: ComparisonResult;
  /** @default - head allows no caller that base did not */
  readonly gained?: WitnessText;
  /** @default - head allows every caller that base did */
  readonly lost?: WitnessText;
  /** The callers that only the statements of head name. @default - none */
  readonly added?: readonly TrustedEntry[];
  /** The callers that only the statements of base name. @default - none */
  readonly removed?: readonly TrustedEntry[];
  /** @default - decided */
  readonly reason?: string;
}

/** The trust policies that both sides have. */
export const trustKind: ChangeKind<TrustChange> = {
  kind: "trust",
  title: "Trust policies",
  find: trustChanges,
  subject: ({ role }) => role,
  triggers: ({ change, gained }) => [
    ...resultTriggers(change),
    ...(gained?.foreign === true ? (["foreign-principal"] as const) : []),
  ],
  isSingle: true,
  sentence: trustSentence,
};

/** The trust policies that are not the same, decided by the prover in both directions. */
function trustChanges(context: CompareContext): readonly TrustChange[] {
  const prove = trustProver();
  return context.roles.both.flatMap((pair) => trustChange(context, pair, prove));
}

function trustChange(
  { base, head }: CompareContext,
  pair: RolePair,
  prove: TrustProver,
): TrustChange[] {
  const role = pair.head.arn;
  const [before, after] = [pair.base.trust, pair.head.trust];
  if (!before.known || !after.known) {
    const reasons = [before, after].flatMap((each) => (each.known ? [] : each.reason));
    return [trustUnknown(role, [...new Set(reasons)])];
  }
  if (isSame(before, after)) return [];
  // A widening of a role that is renamed is one of the role under its new name, and the other way round.
  const gained = prove(head, role, after.value, before.value);
  const lost = prove(base, pair.base.arn, before.value, after.value);
  const reasons = [gained, lost].flatMap((each) =>
    each.verdict === "unknown" ? [each.reason] : [],
  );
  return [
    {
      kind: "trust",
      role,
      change: reasons.length > 0 ? "unknown" : widening(gained, lost),
      ...(gained.verdict === "some" ? { gained: gained.witness } : {}),
      ...(lost.verdict === "some" ? { lost: lost.witness } : {}),
      ...entryChanges(pair),
      ...(reasons.length > 0 ? { reason: [...new Set(reasons)].join("; ") } : {}),
    },
  ];
}

/** What the statements say of callers on one side alone. */
function entryChanges({ base, head }: RolePair): Pick<TrustChange, "added" | "removed"> {
  const [before, after] = [entries(base), entries(head)];
  const only = (some: Entries, others: Entries): readonly TrustedEntry[] =>
    [...some].flatMap(([key, entry]) => (others.has(key) ? [] : [entry]));
  const added = only(after, before);
  const removed = only(before, after);
  return {
    ...(added.length === 0 ? {} : { added }),
    ...(removed.length === 0 ? {} : { removed }),
  };
}

type Entries = ReadonlyMap<string, TrustedEntry>;

function entries(role: RoleNode): Entries {
  const found = (entriesOfRole(role) ?? []).map(
    ({ effect, principal: from, who: caller, actions, conditions }): TrustedEntry => ({
      effect,
      from,
      caller,
      actions,
      conditions,
    }),
  );
  // Who assumes comes before who does more in doing so.
  const assumes = ({ actions }: TrustedEntry): number =>
    actions.some((action) => action.startsWith("sts:AssumeRole")) ? 0 : 1;
  const sorted = [...found].sort((a, b) => assumes(a) - assumes(b));
  return new Map(sorted.map((entry) => [JSON.stringify(entry), entry]));
}

function trustUnknown(role: string, reasons: readonly string[]): TrustChange {
  return { kind: "trust", role, change: "unknown", reason: reasons.join("; ") };
}

/** Nearly all trust policies are written alike; only of the others the canonical text is worth the time. */
function isSame(
  before: Readable<PolicyDocument> & { readonly known: true },
  after: Readable<PolicyDocument> & { readonly known: true },
): boolean {
  return (
    JSON.stringify(before.value) === JSON.stringify(after.value) ||
    policyText(before.value) === policyText(after.value)
  );
}

function widening(gained: Excess, lost: Excess): ComparisonResult {
  if (gained.verdict === "some") return lost.verdict === "some" ? "changed" : "widened";
  return lost.verdict === "some" ? "narrowed" : "equivalent";
}

/** How a trust policy changes, with a request that shows it. */
function trustSentence(change: TrustChange, group: ToldGroup, review: ToldReview): Sentence {
  const role = groupEntity(change.role, group, review);
  const { gained, lost, reason = "" } = change;
  const shown = say`${witness("now allows", gained, group, review)}${witness("no longer allows", lost, group, review)}${entriesWords(change, group, review)}`;
  switch (change.change) {
    case "widened":
      return say`trust policy of ${role} widens access${shown}`;
    case "narrowed":
      return say`trust policy of ${role} narrows access${shown}`;
    case "changed":
      return say`trust policy of ${role} allows other callers${shown}`;
    case "equivalent":
      return say`trust policy of ${role} is rewritten; same access`;
    case "unknown":
      return say`trust policy of ${role} could not be compared: ${reason}`;
  }
}

/** Entries of a trust policy that a sentence names on each side; the others are counted. */
const ENTRIES = 4;

/** The callers that only the statements of one side name, with their conditions. */
function entriesWords(
  { added = [], removed = [] }: TrustChange,
  group: ToldGroup,
  review: ToldReview,
): Sentence {
  const names = callerNames(group, review);
  const side = (lead: string, all: readonly TrustedEntry[]): Sentence => {
    const assuming = new Set(all.filter(assumes).map(callerText));
    // A caller that assumes is named once, without what else it can do in the same call.
    const entries = all.filter((each) => assumes(each) || !assuming.has(callerText(each)));
    if (entries.length === 0) return [];
    const shown = entries.slice(0, ENTRIES).map((each) => entryWords(each, names));
    const hidden = entries.length - shown.length;
    return say`; ${words(lead)} ${listed(hidden > 0 ? [...shown, words(`${hidden} more`)] : shown)}`;
  };
  return say`${side("statements now:", added)}${side("before:", removed)}`;
}

function assumes({ actions }: TrustedEntry): boolean {
  return actions.some((action) => action.startsWith("sts:AssumeRole"));
}

function callerText({ effect, from, caller }: TrustedEntry): string {
  return JSON.stringify([effect, from, caller]);
}
