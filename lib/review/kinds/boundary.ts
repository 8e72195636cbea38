import type { PermissionPolicy } from "../../access/access-graph";
import type { PermissionDifference } from "../../access/permissions/difference";
import { statementSet } from "../../access/permissions/statement-set";
import type { CompareContext } from "../compare/compare-context";
import type { ComparisonResult } from "../compare/direction";
import { knownPermissions } from "../compare/known-permissions";
import type { KnownPermissions } from "../compare/known-permissions";
import { permissionSearch } from "../compare/permission-witness";
import type { PermissionSearch } from "../compare/permission-witness";
import { permittedPairs } from "../compare/permitted-identities";
import type { Permitted, PermittedPair } from "../compare/permitted-identities";
import { unknownPolicies } from "../../access/permissions/unknown-policies";
import { groupEntity, policyName } from "../words/names";
import { say, words } from "../words/text";
import type { Sentence } from "../words/text";
import type { ToldGroup, ToldReview } from "../words/told";
import { resultTriggers } from "./change-kind";
import type { ChangeKind } from "./change-kind";

/** The permissions boundary of a role or user. */
export interface BoundaryChange {
  readonly kind: "boundary";
  readonly identity: string;
  /** Its ARN. @default - there was none */
  readonly before?: string;
  /** @default - there is none */
  readonly after?: string;
  /** How the access below it changes: removing a boundary widens it. */
  readonly change: ComparisonResult;
  readonly reason?: string;
}

/** The permissions boundaries of roles and users. */
export const boundaryKind: ChangeKind<BoundaryChange> = {
  kind: "boundary",
  title: "Permissions boundaries",
  find: boundaryChanges,
  subject: ({ identity }) => identity,
  triggers: (change) => [
    ...resultTriggers(change.change),
    ...(isExchanged(change) ? (["safeguard-changed"] as const) : []),
  ],
  isSingle: true,
  sentence: boundarySentence,
};

/**
 * Whether a role loses its boundary or gets another one, and its policies allow the same with and without it:
 * the boundary also limits policies that come later.
 */
function isExchanged({ before, after, change }: BoundaryChange): boolean {
  return change === "equivalent" && before !== undefined && before !== after;
}

/**
 * The permissions boundaries that are not the same, of roles and users that both sides have. What matters of a
 * boundary is what the policies allow: it widens where head's policies allow a request that base's boundary
 * kept from them, and narrows where base's policies allow one that head's boundary takes away.
 */
function boundaryChanges(context: CompareContext): readonly BoundaryChange[] {
  const search = permissionSearch();
  return permittedPairs(context).flatMap((pair) => boundaryChange(pair, search));
}

function boundaryChange(pair: PermittedPair, search: PermissionSearch): BoundaryChange[] {
  const { identity, base, head } = pair;
  if (base === undefined || head === undefined) return [];
  const [before, after] = [base.boundary, head.boundary];
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const compared = compare({ ...pair, base, head }, search);
  if (compared === undefined) return [];
  return [
    {
      kind: "boundary",
      identity,
      ...(before === undefined ? {} : { before: before.name }),
      ...(after === undefined ? {} : { after: after.name }),
      ...compared,
    },
  ];
}

type BothSides = PermittedPair & { readonly base: Permitted; readonly head: Permitted };
type Verdict = Pick<BoundaryChange, "change" | "reason">;

/** `undefined` where not even the writing of the statements differs. */
function compare({ caller, base, head }: BothSides, search: PermissionSearch): Verdict | undefined {
  const [before, after] = [base.boundary, head.boundary];
  const reasons = unknownPolicies(listOf(before), listOf(after));
  if (reasons.length > 0) return { change: "unknown", reason: reasons.join("; ") };
  const unread = [before, after].find((each) => each?.document.known === false);
  if (unread !== undefined) {
    return before?.name === after?.name ? undefined : { change: "unknown", reason: UNREAD };
  }
  if (before?.name === after?.name && statementsText(before) === statementsText(after)) {
    return undefined;
  }
  const [was, is] = [boundedBy(base, before), boundedBy(head, after)];
  const more = search(caller, boundedBy(head, before).permissions, is.permissions);
  const less = search(caller, was.permissions, boundedBy(base, after).permissions);
  return verdict(more.difference, less.difference, [...was.unread, ...is.unread]);
}

/** What an identity is permitted under a boundary that may be another one's. */
function boundedBy(
  { policies, exclusive }: Permitted,
  boundary: PermissionPolicy | undefined,
): KnownPermissions {
  return knownPermissions({
    policies,
    exclusive,
    ...(boundary === undefined ? {} : { boundary }),
  });
}

function verdict(
  more: PermissionDifference,
  less: PermissionDifference,
  unread: readonly string[],
): Verdict {
  const gains = "gained" in more;
  const loses = "lost" in less;
  const reasons = [
    ...(gains || more.kind !== "unknown" ? [] : more.reasons),
    ...(loses || less.kind !== "unknown" ? [] : less.reasons),
    // What is not read may allow what the boundary took away, or lets through now.
    ...(gains && loses ? [] : unread.map((name) => `${name} could not be read`)),
  ];
  if (reasons.length > 0) {
    return { change: "unknown", reason: [...new Set(reasons)].sort().join("; ") };
  }
  if (gains) return { change: loses ? "changed" : "widened" };
  return { change: loses ? "narrowed" : "equivalent" };
}

const UNREAD = "which of the two allows more is unknown";

function listOf(boundary: PermissionPolicy | undefined): readonly PermissionPolicy[] {
  return boundary === undefined ? [] : [boundary];
}

/** The statements of a boundary as a text that is the same for those that say the same. */
function statementsText(boundary: PermissionPolicy | undefined): string {
  const set = statementSet(boundary?.document.known === true ? [boundary.document.value] : []);
  return [...set.keys()].sort().join("\n");
}

/** How a permissions boundary changes. */
function boundarySentence(change: BoundaryChange, group: ToldGroup, review: ToldReview): Sentence {
  const { before, after, reason } = change;
  const of = groupEntity(change.identity, group, review);
  const comes =
    change.change === "unknown"
      ? say`; the effect is unknown: ${reason ?? "no reason is given"}`
      : words(EFFECTS[change.change]);
  if (before === undefined) {
    return say`${of} gets the permissions boundary ${policyName(after ?? "")}${comes}`;
  }
  if (after === undefined) {
    return say`${of} loses its permissions boundary ${policyName(before)}${comes}`;
  }
  if (before === after) {
    return say`the permissions boundary ${policyName(after)} of ${of} is edited${comes}`;
  }
  return say`${of} changes its permissions boundary: ${policyName(before)} -> ${policyName(after)}${comes}`;
}

const EFFECTS: Readonly<Record<Exclude<ComparisonResult, "unknown">, string>> = {
  widened: ", which widens access",
  narrowed: ", which narrows access",
  changed: ", which allows other requests",
  equivalent: "; same access",
};
