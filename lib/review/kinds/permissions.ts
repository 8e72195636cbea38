import { describePermissionRequest } from "../../access/permissions/describe";
import type { PermissionDifference } from "../../access/permissions/difference";
import { openPatterns } from "../../access/permissions/excess";
import { rulesOf } from "../../access/permissions/permission-sides";
import type { Permissions } from "../../access/permissions/permission-sides";
import type { PermissionRequest } from "../../access/permissions/requests";
import { statementSet } from "../../access/permissions/statement-set";
import { actionsByService, LEVELS } from "../../access/permissions/actions-by-service";
import type { ActionsOfService } from "../../access/permissions/actions-by-service";
import type { CompareContext } from "../compare/compare-context";
import type { ComparisonResult } from "../compare/direction";
import { knownPermissions } from "../compare/known-permissions";
import type { KnownPermissions } from "../compare/known-permissions";
import { permissionSearch, witnessText } from "../compare/permission-witness";
import type { PermissionComparison, PermissionSearch } from "../compare/permission-witness";
import { permittedPairs } from "../compare/permitted-identities";
import type { Permitted, PermittedPair } from "../compare/permitted-identities";
import { samePolicies } from "../../access/permissions/same-policies";
import { unknownPolicies } from "../../access/permissions/unknown-policies";
import type { WitnessText } from "../compare/witness-text";
import { groupEntity, policyName } from "../words/names";
import { importantFirst } from "../words/service-order";
import { listed, listedNames, say, words } from "../words/text";
import { counted } from "../../diagnostics/words";
import type { Sentence } from "../words/text";
import type { ToldGroup, ToldReview } from "../words/told";
import { witness } from "../words/witness";
import { resultTriggers } from "./change-kind";
import type { ChangeKind } from "./change-kind";

/** What a role or user is permitted, policies and boundary together. */
export interface PermissionChange {
  readonly kind: "permissions";
  /** ARN of the role or user. */
  readonly identity: string;
  readonly change: ComparisonResult;
  readonly gained: readonly ActionsOfService[];
  readonly lost: readonly ActionsOfService[];
  /** The part of `gained` that managed policies that are attached do not give. @default - all of it */
  readonly gainedOtherwise?: readonly ActionsOfService[];
  /** The part of `lost` that does not go with managed policies that are detached. @default - all of it */
  readonly lostOtherwise?: readonly ActionsOfService[];
  /** ARNs of managed policies that were attached. */
  readonly attached: readonly string[];
  readonly detached: readonly string[];
  /** Requests that show it, one a direction. @default - the statements themselves show it */
  readonly witness?: { readonly gained?: WitnessText; readonly lost?: WitnessText };
  /** @default - decided */
  readonly reason?: string;
}

/** The permissions of roles and users. */
export const permissionsKind: ChangeKind<PermissionChange> = {
  kind: "permissions",
  title: "Permissions",
  find: permissionChanges,
  subject: ({ identity }) => identity,
  triggers: ({ change }) => resultTriggers(change),
  isSingle: true,
  sentence: permissionSentence,
};

/**
 * What roles and users whose policies are not the same are permitted by them, with what their boundaries take
 * away. A role or user that is new gains all that it is permitted, one that goes loses it. Each pattern that is
 * said to be gained or lost has a request that is; where none can be had, it is unknown.
 */
function permissionChanges(context: CompareContext): readonly PermissionChange[] {
  const search = permissionSearch();
  return permittedPairs(context).flatMap((pair) => permissionChange(pair, search));
}

const NOTHING: Permitted = { policies: [], exclusive: { inline: false, managed: false } };

function permissionChange(pair: PermittedPair, search: PermissionSearch): PermissionChange[] {
  const { identity, base = NOTHING, head = NOTHING } = pair;
  const hand = handChange(pair);
  if (hand === undefined && samePolicies(base.policies, head.policies)) return [];
  const [before, after] = [knownPermissions(base), knownPermissions(head)];
  const reasons = unreadReasons(pair, base, head);
  const attached = managedNames(head).filter((name) => !managedNames(base).includes(name));
  const detached = managedNames(base).filter((name) => !managedNames(head).includes(name));
  const renamed = attached.length > 0 || detached.length > 0;
  if (
    isSameSet(before.permissions, after.permissions) &&
    reasons.length === 0 &&
    hand === undefined &&
    !renamed
  ) {
    return isRewritten(base, head) ? [{ ...empty(identity), change: "equivalent" }] : [];
  }
  const compared = search(pair.caller, before.permissions, after.permissions);
  const { gained, lost } = compared;
  return [
    {
      ...empty(identity),
      gained: actionsByService(gained),
      lost: actionsByService(lost),
      ...(attached.length === 0
        ? {}
        : { gainedOtherwise: actionsByService(besides(gained, head, attached, before, after)) }),
      ...(detached.length === 0
        ? {}
        : { lostOtherwise: actionsByService(besides(lost, base, detached, after, before)) }),
      attached,
      detached,
      ...(reasons.length > 0
        ? { change: "unknown", reason: reasons.join("; ") }
        : verdict(compared, hand, [before, after])),
    },
  ];
}

/** Why the policies or the boundaries of both sides cannot be compared. */
function unreadReasons(pair: PermittedPair, base: Permitted, head: Permitted): readonly string[] {
  const boundaries = [base, head].map(({ boundary }) => (boundary === undefined ? [] : [boundary]));
  const [before = [], after = []] = boundaries;
  return [
    ...unknownPolicies(base.policies, head.policies),
    // Of one side alone, nothing can be told through a boundary that is not known.
    ...(pair.base === undefined || pair.head === undefined ? [] : unknownPolicies(before, after)),
  ];
}

function verdict(
  { difference, gained, lost }: PermissionComparison,
  hand: "widened" | "narrowed" | undefined,
  sides: readonly [KnownPermissions, KnownPermissions],
): Verdict {
  if (difference.kind === "unknown") return undecided(difference);
  const gains = gained.length > 0 || hand === "widened";
  const loses = lost.length > 0 || hand === "narrowed";
  const change = gains && loses ? "changed" : gains ? "widened" : loses ? "narrowed" : "equivalent";
  const unread = [...new Set(sides.flatMap((side) => side.unread))].sort();
  const reasons = [
    ...(hand === undefined ? [] : [HAND[hand]]),
    ...(change === "equivalent" || unread.length === 0
      ? []
      : [`compared without ${unread.join(", ")}, which could not be read`]),
  ];
  return {
    change,
    ...(change === "changed" ? { witness: witnessesOf(difference) } : {}),
    ...(reasons.length === 0 ? {} : { reason: reasons.join("; ") }),
  };
}

function undecided(difference: Extract<PermissionDifference, { kind: "unknown" }>): Verdict {
  const { gained, lost, reasons } = difference;
  const found = [
    ...(gained === undefined ? [] : [`it gains ${describePermissionRequest(gained)}`]),
    ...(lost === undefined ? [] : [`it loses ${describePermissionRequest(lost)}`]),
  ];
  const open = [
    ...(gained === undefined ? ["gains"] : []),
    ...(lost === undefined ? ["loses"] : []),
  ].join(" or ");
  const reason = [
    ...found,
    `whether it ${open} anything${found.length > 0 ? " else" : ""} is unknown: ${reasons.join("; ")}`,
  ].join("; ");
  return { change: "unknown", witness: witnessesOf(difference), reason };
}

function witnessesOf(difference: PermissionDifference): NonNullable<PermissionChange["witness"]> {
  const { gained, lost }: { gained?: PermissionRequest; lost?: PermissionRequest } =
    difference.kind === "none" ? {} : difference;
  return {
    ...(gained === undefined ? {} : { gained: witnessText(gained) }),
    ...(lost === undefined ? {} : { lost: witnessText(lost) }),
  };
}

function isSameSet(before: Permissions, after: Permissions): boolean {
  const [one, other] = [statementSet(before.policies), statementSet(after.policies)];
  return one.size === other.size && [...one.keys()].every((text) => other.has(text));
}

/** Of patterns that are gained, those that are so although some managed policies are attached anyway. */
function besides(
  gained: readonly string[],
  { policies }: Permitted,
  managed: readonly string[],
  others: KnownPermissions,
  all: KnownPermissions,
): readonly string[] {
  const own = knownPermissions({
    policies: policies.filter(({ kind, name }) => kind === "managed" && managed.includes(name)),
    exclusive: NOTHING.exclusive,
  });
  const without = openPatterns(
    rulesOf(all.permissions),
    rulesOf({
      ...others.permissions,
      policies: [...others.permissions.policies, ...own.permissions.policies],
    }),
  );
  return gained.filter((each) => without.includes(each));
}

type Verdict = Pick<PermissionChange, "change" | "witness" | "reason">;

function empty(identity: string): Omit<PermissionChange, "change"> {
  return { kind: "permissions", identity, gained: [], lost: [], attached: [], detached: [] };
}

const HAND = {
  widened: "Terraform no longer removes policies attached by hand",
  narrowed: "Terraform now removes policies attached by hand",
};

/** Whether policies that are attached by hand can now stay, or no longer. Of a role that comes or goes it says nothing. */
function handChange({ base, head }: PermittedPair): "widened" | "narrowed" | undefined {
  if (base === undefined || head === undefined) return undefined;
  const [before, after] = [base.exclusive, head.exclusive];
  if ((before.inline && !after.inline) || (before.managed && !after.managed)) return "widened";
  return before.inline === after.inline && before.managed === after.managed
    ? undefined
    : "narrowed";
}

function managedNames({ policies }: Permitted): readonly string[] {
  const names = policies.flatMap(({ kind, name }) => (kind === "managed" ? [name] : []));
  return [...new Set(names)].sort();
}

/** Whether policies with the same statements have other names, or stand in another order. */
function isRewritten(base: Permitted, head: Permitted): boolean {
  const text = ({ policies }: Permitted): string =>
    JSON.stringify(policies.map(({ name, kind }) => `${kind} ${name}`).sort());
  return text(base) !== text(head);
}

/** Services and actions that a sentence names; the others are counted. */
const NAMED = 4;

/** The permissions that a role or user gains or loses. */
function permissionSentence(
  change: PermissionChange,
  group: ToldGroup,
  review: ToldReview,
): Sentence {
  const of = groupEntity(change.identity, group, review);
  if (change.change === "unknown") {
    return say`permissions of ${of} could not be compared: ${change.reason ?? "no reason is given"}`;
  }
  if (change.change === "equivalent") {
    return say`permissions of ${of} are rewritten; same access`;
  }
  const { gained, lost, gainedOtherwise = gained, lostOtherwise = lost } = change;
  const parts = [
    policies("gets", change.attached, gained),
    part("gains", gainedOtherwise),
    policies("loses", change.detached, lost),
    part("loses", lostOtherwise),
  ].filter((each) => each.length > 0);
  const shown = say`${witness("now allows", change.witness?.gained, group, review)}${witness("no longer allows", change.witness?.lost, group, review)}`;
  if (parts.length > 0) return say`${of} ${listed(parts)}${shown}`;
  return say`${of} ${words(CHANGES[change.change])}${shown}`;
}

const CHANGES: Readonly<Record<"widened" | "narrowed" | "changed", string>> = {
  widened: "gains permissions",
  narrowed: "loses permissions",
  changed: "gains some permissions and loses others",
};

function part(verb: string, services: readonly ActionsOfService[]): Sentence {
  if (services.length === 0) return [];
  const shown = importantFirst(services).slice(0, NAMED).map(serviceWords);
  const hidden = services.length - shown.length;
  const more = words(counted(hidden, "more service"));
  return say`${words(verb)} ${listed(hidden > 0 ? [...shown, more] : shown)}`;
}

function serviceWords({ service, levels, actions }: ActionsOfService): Sentence {
  const of = service === "*" ? words("all services") : say`${service}`;
  return say`${of}: ${words(levelWords(levels))} (${listedNames(actions, NAMED)})`;
}

function levelWords(levels: ActionsOfService["levels"]): string {
  return levels.map((each) => (each === "unknown" ? "unknown access" : each)).join(", ");
}

/** Managed policies, with a summary of their access if nothing else is named. */
function policies(
  verb: string,
  arns: readonly string[],
  services: readonly ActionsOfService[],
): Sentence {
  if (arns.length === 0) return [];
  const names = arns.map(policyName);
  const noun = arns.length === 1 ? "policy" : "policies";
  const named = say`${words(`${verb} the managed ${noun}`)} ${listedNames(names, NAMED)}`;
  if (services.length === 0) return named;
  const levels = LEVELS.filter((level) => services.some((each) => each.levels.includes(level)));
  const all = services.some(({ service }) => service === "*");
  const number = all ? "all services" : counted(services.length, "service");
  return say`${named} (${words(`${levelWords(levels)} in ${number}`)})`;
}
