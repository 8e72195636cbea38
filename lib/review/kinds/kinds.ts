import { parseArn } from "../../iam/arn";
import type { Comparison } from "../compare/comparison";
import { assertionKind } from "./assertion";
import { boundaryKind } from "./boundary";
import type { ChangeKind } from "./change-kind";
import { edgeKind } from "./edge";
import { escalationKind } from "./escalation";
import { existenceKind } from "./existence";
import { externalIdKind } from "./external-id";
import { instanceProfileKind } from "./instance-profile";
import { permissionsKind } from "./permissions";
import { pipelineKind } from "./pipeline";
import { providerKind } from "./provider";
import { quotaKind } from "./quota";
import { reachKind } from "./reach";
import { replacementKind } from "./replacement";
import { safeguardKind } from "./safeguard";
import { sessionKind } from "./session";
import { terraformKind } from "./terraform";
import { trustKind } from "./trust";
import { unknownKind } from "./unknown";

/** All that a review can say, in the order in which its JSON lists it. */
const KINDS = [
  reachKind,
  edgeKind,
  trustKind,
  permissionsKind,
  escalationKind,
  sessionKind,
  boundaryKind,
  externalIdKind,
  existenceKind,
  replacementKind,
  assertionKind,
  quotaKind,
  safeguardKind,
  pipelineKind,
  providerKind,
  unknownKind,
  instanceProfileKind,
  terraformKind,
] as const;

/** One change of access between two trees of Terraform, about one subject in one account. */
export type AccessChange = ReturnType<(typeof KINDS)[number]["find"]>[number];

type AnyKind = ChangeKind<AccessChange>;

/** What breaks comes first in reports, and what changes no access last. */
const FIRST: readonly AnyKind[] = [replacementKind, pipelineKind, assertionKind];
const LAST: readonly AnyKind[] = [existenceKind, quotaKind, safeguardKind, unknownKind];

/** The kinds, those that matter most to a reader first. */
export const REPORTED_KINDS: readonly AnyKind[] = [
  ...FIRST,
  ...KINDS.filter((kind) => !FIRST.includes(kind) && !LAST.includes(kind)),
  ...LAST,
];

const RANKS = new Map<string, number>(KINDS.map(({ kind }, rank) => [kind, rank]));

function rankOf({ kind }: AccessChange): number {
  return RANKS.get(kind) ?? KINDS.length;
}

/** All that is known of the kind of a change. */
export function kindOf(change: AccessChange): AnyKind {
  const kind: AnyKind | undefined = KINDS[rankOf(change)];
  if (kind === undefined) throw new Error(`a change of no kind: ${change.kind}`);
  return kind;
}

/** All changes, by kind, then what is gained before what is lost, then by what they are about. */
export function findChanges(compared: Comparison): readonly AccessChange[] {
  const found: AccessChange[] = [];
  for (const kind of KINDS) found.push(...kind.find(compared, found));
  return found
    .map((change) => ({ change, rank: rankOf(change), key: orderOf(change) }))
    .sort((a, b) => a.rank - b.rank || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ change }) => change);
}

function orderOf(change: AccessChange): string {
  const direction = "direction" in change ? change.direction : "";
  const about = kindOf(change).order?.(change) ?? [changeSubject(change) ?? ""];
  return [direction, ...about, JSON.stringify(change)].join(" ");
}

/** What a change is about: mostly an ARN. A safeguard is in no account. */
export function changeSubject(change: AccessChange): string | undefined {
  return kindOf(change).subject(change);
}

/** Id of the account whose access changes: that of the role that is reached, or of the identity that is permitted. */
export function changeAccount(change: AccessChange): string | undefined {
  const subject = changeSubject(change);
  if (subject === undefined) return undefined;
  return /^\d{12}$/.test(subject) ? subject : accountOf(subject);
}

/** The account in an ARN. */
export function accountOf(arn: string): string | undefined {
  const account = parseArn(arn)?.accountId;
  return account === "" ? undefined : account;
}
