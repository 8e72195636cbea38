import type { CallerIdentity } from "../../access/callers/caller-in-request";
import { callerOfArn } from "../../access/callers/named-caller";
import type { NamedCaller } from "../../access/callers/named-caller";
import type { AccountDirectory, AccountFacts } from "../../access/account-directory";
import { waysFrom } from "../../access/hops/reach";
import { trustIndex } from "../../access/decide/trust-index";
import { callerAccount, principalArn } from "../../iam/condition/caller";
import type { Caller } from "../../iam/condition/caller";
import type { PrincipalName } from "./direction";
import { trustedOrganizations } from "../../access/callers/trusted-organizations";
import { changedCallers } from "./changed-callers";
import type { CompareContext, ComparedSide } from "./compare-context";
import { inTreeCallers } from "../../access/callers/identity-index";
import { restrictModel } from "../../access/decide/restrict-model";
import { callerKey } from "../../access/callers/caller-key";
import { trustedCallers } from "../../access/callers/trusted-callers";

/** A hop from a caller to a role. */
export interface DirectEdge {
  readonly from: PrincipalName;
  readonly who: NamedCaller;
  readonly caller: Caller;
  /** The keys of its requests that say which one it is, of all whom `from` names. */
  readonly identity: CallerIdentity;
  /** ARN of the role. */
  readonly to: string;
  /** Whether it is allowed for certain. */
  readonly certain: boolean;
}

/** The hops that only one side has. */
export interface EdgeDifference {
  readonly gained: readonly DirectEdge[];
  readonly lost: readonly DirectEdge[];
}

/**
 * The hops into roles that only one side has. Only roles whose trust policy is another, and callers
 * whose permissions are others, are looked at: between all others nothing can have changed.
 */
export function edgeDifference(context: CompareContext): EdgeDifference {
  const { base, head } = context;
  const pairs = new Map<string, Pairs>();
  const add = (trusted: Omit<Pairs, "to">, to: string): void => {
    const key = JSON.stringify([callerKey(trusted.from, trusted.who), trusted.caller]);
    const known = pairs.get(key);
    if (known === undefined) pairs.set(key, { ...trusted, to: new Set([to]) });
    else known.to.add(to);
  };
  for (const arn of changedRoles(context)) {
    for (const side of [base, head]) {
      const role = side.graph.roles.get(arn);
      if (role === undefined) continue;
      for (const { name: from, ...trusted } of trustedCallers(role)) add({ from, ...trusted }, arn);
      for (const caller of inTreeCallers(side, role)) add(identityCaller(caller), arn);
    }
  }
  const callers = changedCallers(context);
  if (callers.length > 0) {
    for (const side of [base, head]) {
      const index = trustIndex(side.world.graph);
      for (const { caller, concerns } of callers) {
        for (const { arn } of index.candidates(caller)) {
          if (concerns(arn)) add(identityCaller(caller), arn);
        }
      }
    }
  }
  return compare(context, [...pairs.values()]);
}

/** A caller, and the roles that it can assume on either side. */
interface Pairs extends Omit<DirectEdge, "to" | "certain"> {
  readonly to: Set<string>;
}

function compare(context: CompareContext, pairs: readonly Pairs[]): EdgeDifference {
  const gained: DirectEdge[] = [];
  const lost: DirectEdge[] = [];
  for (const pair of pairs) {
    const [before, after] = [context.base, context.head].map((side) =>
      entered(context, side, pair),
    );
    const only = (
      some: ReadonlyMap<string, boolean> | undefined,
      others: ReadonlyMap<string, boolean> | undefined,
    ): DirectEdge[] =>
      [...(some ?? [])]
        .filter(([to]) => others?.has(to) !== true)
        .map(([to, certain]) => {
          const { from, who, caller, identity } = pair;
          return { from, who, caller, identity, to, certain };
        });
    gained.push(...only(after, before));
    lost.push(...only(before, after));
  }
  return { gained, lost };
}

/** The roles that a caller can assume on one side, and whether for certain. */
function entered(
  context: CompareContext,
  side: ComparedSide,
  pair: Pairs,
): ReadonlyMap<string, boolean> {
  const { who, caller, to } = pair;
  if (isMissing(context, side, caller)) return new Map();
  const found = enteredWith(context, side, pair, to, new Map());
  const account = callerAccount(caller);
  if (account === undefined || side.world.accounts.has(account) || saysOrganization(who)) {
    return found;
  }
  // It may be in an organization that a trust policy asks for, or not.
  for (const [arn, facts] of askedOrganizations(side, to)) {
    if (found.has(arn)) continue;
    for (const each of facts) {
      const assumed = new Map([[account, each]]);
      if (enteredWith(context, side, pair, new Set([arn]), assumed).size > 0) found.set(arn, false);
    }
  }
  return found;
}

function enteredWith(
  context: CompareContext,
  side: ComparedSide,
  { caller, identity }: Pairs,
  to: ReadonlySet<string>,
  assumed: AccountDirectory,
): Map<string, boolean> {
  const world = restrictModel(side.world, to, [caller], assumed);
  return new Map(
    waysFrom(world, context.time)(caller, identity)
      .filter(({ hops, roleArn }) => hops.length === 1 && to.has(roleArn))
      .map(({ roleArn, certain }) => [roleArn, certain]),
  );
}

function askedOrganizations(
  { graph }: ComparedSide,
  arns: ReadonlySet<string>,
): readonly (readonly [string, readonly AccountFacts[]])[] {
  return [...arns].flatMap((arn) => {
    const role = graph.roles.get(arn);
    return role === undefined ? [] : [[arn, trustedOrganizations(role)] as const];
  });
}

/** Whether the Terraform of the other side alone makes a caller: then it is not there on this one. */
export function isMissing(
  { base, head }: CompareContext,
  side: ComparedSide,
  caller: Caller,
): boolean {
  const arn = principalArn(caller);
  if (arn === undefined) return false;
  const isMade = ({ graph }: ComparedSide): boolean => graph.roles.has(arn) || graph.users.has(arn);
  return !isMade(side) && isMade(side === base ? head : base);
}

/** Whether a name says itself in which organization its bearer is, or that it is in none. */
export function saysOrganization({ kind }: NamedCaller): boolean {
  return kind === "anyone" || kind === "organization" || kind === "organizational-unit";
}

/** A user or role of a tree, as who calls. */
function identityCaller(caller: Caller): Omit<Pairs, "to"> {
  const from = principalArn(caller) ?? caller.kind;
  return { from, who: callerOfArn(from, false), caller, identity: {} };
}

/** Roles that are on one side alone, or whose trust policy is another; also where the map says other things of their account. */
function changedRoles({ base, head }: CompareContext): readonly string[] {
  const moved = changedAccounts(base, head);
  const arns = new Set([...base.graph.roles.keys(), ...head.graph.roles.keys()]);
  return [...arns].filter((arn) => {
    const [before, after] = [base.graph.roles.get(arn), head.graph.roles.get(arn)];
    if (before === undefined || after === undefined) return true;
    if (before.trust === after.trust && moved.size === 0) return false;
    if (JSON.stringify(before.trust) !== JSON.stringify(after.trust)) return true;
    return (
      moved.size > 0 &&
      (moved.has(after.accountId) ||
        trustedCallers(after).some(({ caller }) => moved.has(callerAccount(caller) ?? "")))
    );
  });
}

/** Accounts of which both maps say something, and not the same. */
function changedAccounts(base: ComparedSide, head: ComparedSide): ReadonlySet<string> {
  const ids = [...base.accounts.keys()].filter((id) => head.accounts.has(id));
  return new Set(
    ids.filter(
      (id) => JSON.stringify(base.accounts.get(id)) !== JSON.stringify(head.accounts.get(id)),
    ),
  );
}
