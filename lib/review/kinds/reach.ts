import { callerKey } from "../../access/callers/caller-key";
import type { CallerTerms } from "../../access/callers/caller-terms";
import { callerOfArn } from "../../access/callers/named-caller";
import type { NamedCaller } from "../../access/callers/named-caller";
import { sessionOf, callerAccount, principalArn } from "../../iam/condition/caller";
import { trustedCallers } from "../../access/callers/trusted-callers";
import { trustedOrganizations } from "../../access/callers/trusted-organizations";
import type { AccountDirectory, AccountFacts } from "../../access/account-directory";
import { waysFrom } from "../../access/hops/reach";
import type { ReachWay } from "../../access/hops/reach";
import type { Caller } from "../../iam/condition/caller";
import type { CompareContext, ComparedSide } from "../compare/compare-context";
import type { Comparison } from "../compare/comparison";
import type { Direction, PrincipalName } from "../compare/direction";
import { isMissing, saysOrganization } from "../compare/edge-difference";
import type { DirectEdge } from "../compare/edge-difference";
import { inTreeCallers } from "../../access/callers/identity-index";
import { restrictModel } from "../../access/decide/restrict-model";
import { termsOn } from "../compare/terms-on";
import { termsWords } from "../words/callers/terms-words";
import { ends, uncertain } from "../words/ends";
import { callerNames, entity, entityName } from "../words/names";
import { listed, say, words } from "../words/text";
import type { Sentence } from "../words/text";
import type { ToldGroup, ToldReview } from "../words/told";
import { directionTriggers } from "./change-kind";
import type { ChangeKind } from "./change-kind";
import { byKey } from "../../values/order";

/** An entry principal can now reach a role, or no longer, over one or more hops. */
export interface ReachChange {
  readonly kind: "reach";
  readonly direction: Direction;
  /** The caller that starts: no role of the Terraform reaches it. */
  readonly from: PrincipalName;
  /** Who that is, taken apart: of all whom `from` names, such as one repository of a provider. */
  readonly caller: NamedCaller;
  /** The conditions under which it assumes the first role. */
  readonly terms: CallerTerms;
  /** ARN of the role. */
  readonly to: string;
  /** ARNs of the roles on the path, first to last, without the ends; none for a path of one hop. */
  readonly via: readonly string[];
  /** Whether every hop is certain; if not, something on the path is unknown. */
  readonly certain: boolean;
}

/** What callers from outside can reach. */
export const reachKind: ChangeKind<ReachChange> = {
  kind: "reach",
  title: "Paths to roles",
  find: reachChanges,
  subject: ({ to }) => to,
  order: ({ to, from }) => [to, from],
  caller: ({ from }) => from,
  triggers: ({ direction }) => directionTriggers(direction),
  sentence: reachSentence,
};

/**
 * What callers from outside the Terraform can reach on one side only, over any number of hops: users, services, federated
 * principals, and principals that the Terraform does not make. Only what lies behind a direct way that changed
 * is looked at, with all that leads there.
 */
function reachChanges(context: Comparison): readonly ReachChange[] {
  const { edges } = context;
  const changed = [...edges.gained, ...edges.lost];
  if (changed.length === 0) return [];
  const targets = behind(context, new Set(changed.map(({ to }) => to)));
  const leading = leadingTo(context, targets);
  const before = reachedRoles(context, context.base, leading, targets);
  const after = reachedRoles(context, context.head, leading, targets);
  return [...leading.entries.values()].flatMap((entry) => {
    const old = before(entry);
    const now = after(entry);
    const [gained, lost] = [
      change("gained", entry, context.head),
      change("lost", entry, context.base),
    ];
    return [
      ...[...now.values()].filter(({ roleArn }) => !old.has(roleArn)).map(gained),
      ...[...old.values()].filter(({ roleArn }) => !now.has(roleArn)).map(lost),
    ];
  });
}

type Reached = ReadonlyMap<string, ReachWay>;

/** What callers reach on one side of some roles, by ARN. */
function reachedRoles(
  context: CompareContext,
  side: ComparedSide,
  { roles, entries, assumed }: Leading,
  targets: ReadonlySet<string>,
): (entry: Entry) => Reached {
  const callers = [...entries.values()].map(({ caller }) => caller);
  const waysWith = (accounts: AccountDirectory): ReturnType<typeof waysFrom> =>
    waysFrom(restrictModel(side.world, roles, callers, accounts), context.time);
  const known = waysWith(new Map());
  const rounds = Math.max(0, ...[...assumed.values()].map((facts) => facts.length));
  const possible = Array.from({ length: rounds }, (_, round) =>
    waysWith(
      new Map([...assumed].map(([account, facts]) => [account, facts[round] ?? facts[0] ?? {}])),
    ),
  );
  return ({ who, caller, identity }) => {
    if (isMissing(context, side, caller)) return new Map();
    const account = callerAccount(caller) ?? "";
    const isOpen =
      assumed.has(account) && !side.world.accounts.has(account) && !saysOrganization(who);
    const found = [
      // It may be in an organization that a trust policy asks for, or not.
      ...(isOpen ? possible : []).flatMap((ways) =>
        ways(caller, identity).map((way) => ({ ...way, certain: false })),
      ),
      ...known(caller, identity),
    ];
    return new Map(
      found.filter(({ roleArn }) => targets.has(roleArn)).map((way) => [way.roleArn, way]),
    );
  };
}

function change(
  direction: ReachChange["direction"],
  { from, who, caller, identity }: Entry,
  side: ComparedSide,
): (way: ReachWay) => ReachChange {
  return ({ roleArn, hops, certain }) => ({
    kind: "reach",
    direction,
    from,
    caller: who,
    terms: termsOn(side, hops[0]?.call.roleArn ?? roleArn, caller, identity),
    to: roleArn,
    via: hops.slice(0, -1).map(({ call }) => call.roleArn),
    certain,
  });
}

/** Roles, and all that is reached from their sessions on either side. */
function behind(
  { base, head, time }: CompareContext,
  entered: ReadonlySet<string>,
): ReadonlySet<string> {
  const found = new Set(entered);
  for (const side of [base, head]) {
    const from = waysFrom(side.world, time);
    for (const arn of entered) {
      if (!side.graph.roles.has(arn)) continue;
      for (const { roleArn } of from(sessionOf(arn))) found.add(roleArn);
    }
  }
  return found;
}

/** A caller from outside the Terraform. */
type Entry = Pick<DirectEdge, "from" | "who" | "caller" | "identity">;

interface Leading {
  readonly roles: ReadonlySet<string>;
  /** The callers from outside that assume any of the roles, by name. */
  readonly entries: ReadonlyMap<string, Entry>;
  /** The organizations that trust policies ask of them, by their accounts, which may be in any of those. */
  readonly assumed: ReadonlyMap<string, readonly AccountFacts[]>;
}

/** The roles that may lead to some roles, over any number of hops on either side, and the callers that assume them. */
function leadingTo({ base, head }: CompareContext, targets: ReadonlySet<string>): Leading {
  const roles = new Set(targets);
  const entries = new Map<string, Entry>();
  const enter = (entry: Entry): void => {
    entries.set(callerKey(entry.from, entry.who), entry);
  };
  const assumed = new Map<string, Map<string, AccountFacts>>();
  const isRole = (caller: Caller): boolean => {
    const arn = principalArn(caller);
    return arn !== undefined && (base.graph.roles.has(arn) || head.graph.roles.has(arn));
  };
  // The set grows while it is walked through.
  for (const arn of roles) {
    for (const side of [base, head]) {
      const role = side.graph.roles.get(arn);
      if (role === undefined) continue;
      const asked = trustedOrganizations(role);
      for (const { name: from, who, caller, identity, covers } of trustedCallers(role)) {
        if (covers.kind === "one" && isRole(caller)) continue;
        enter({ from, who, caller, identity });
        const account = callerAccount(caller);
        if (account === undefined || asked.length === 0) continue;
        const known = assumed.get(account) ?? new Map<string, AccountFacts>();
        for (const facts of asked) known.set(JSON.stringify(facts), facts);
        assumed.set(account, known);
      }
      for (const caller of inTreeCallers(side, role)) {
        const own = principalArn(caller) ?? "";
        if (isRole(caller)) roles.add(own);
        else enter({ from: own, who: callerOfArn(own, false), caller, identity: {} });
      }
    }
  }
  // In one order, whichever side is base: of two ways of one length the same is told.
  return {
    roles: new Set([...roles].sort()),
    entries: new Map([...entries].sort(byKey)),
    assumed: new Map([...assumed].map(([account, facts]) => [account, sorted(facts)])),
  };
}

function sorted(facts: ReadonlyMap<string, AccountFacts>): readonly AccountFacts[] {
  return [...facts].sort(byKey).map(([, each]) => each);
}

/** Who can now reach a role, or no longer, and how. */
function reachSentence(change: ReachChange, group: ToldGroup, review: ToldReview): Sentence {
  const { from, to } = ends(change, group, review);
  const way = say`${wayOf(change, group, review)}${firstTerms(change, group, review)}`;
  const other = oppositeWay(change, review);
  const before = other === undefined ? undefined : wayOf(other, group, review);
  const sure = uncertain(change.certain);
  if (change.direction === "gained") {
    const then = before === undefined ? words("; before: none") : say`; before:${before}`;
    return say`${from} can now reach ${to}${way}${sure}${then}`;
  }
  const still = before === undefined ? words("") : say`; now:${before}`;
  return say`${from} can no longer reach ${to}${way}${sure}${still}`;
}

/** The conditions for the first role of a longer path. */
function firstTerms(change: ReachChange, group: ToldGroup, review: ToldReview): Sentence {
  const { conditions, denied = [] } = change.terms;
  return termsWords({ conditions, denied }, callerNames(group, review));
}

function wayOf({ via, from }: ReachChange, group: ToldGroup, review: ToldReview): Sentence {
  if (via.length === 0) return words(" directly");
  const accounts = new Set(group.accountIds);
  return say` through ${listed(
    via.map((arn) => {
      const { name, accountId } = entityName(arn);
      // A role of the changed accounts stands for one in each of them.
      const each = accounts.size > 1 && accountId !== undefined && accounts.has(accountId);
      return each && entityName(from).accountId !== accountId
        ? say`their ${name}`
        : entity(arn, review);
    }),
    "and then",
  )}`;
}

/** The same two ends the other way round: then not whether, but how, has changed. */
function oppositeWay(change: ReachChange, review: ToldReview): ReachChange | undefined {
  const direction = change.direction === "gained" ? "lost" : "gained";
  return review.changes.find(
    (each): each is ReachChange =>
      isReach(each) &&
      each.direction === direction &&
      each.from === change.from &&
      callerKey(each.from, each.caller) === callerKey(change.from, change.caller) &&
      each.to === change.to,
  );
}

function isReach(change: ToldReview["changes"][number]): change is ReachChange {
  return change.kind === "reach";
}
