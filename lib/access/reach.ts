import type { Caller } from "../iam/condition/caller";
import { matchPrincipal } from "../iam/condition/principal-match";
import { valuesOf } from "../iam/policy-document";
import type { Statement } from "../iam/policy-document";
import type { RoleNode } from "./access-graph";
import type { AccessWorld } from "./decide/access-world";
import { asCaller } from "./callers/caller-in-request";
import type { CallerIdentity } from "./callers/caller-in-request";
import { decideCall } from "./decide/decide-call";
import { callerEvidence } from "./decide/evidence";
import type { RoleCall } from "./decide/decide-call";
import { withUnknownAsEverything } from "./open-world";
import { raisedRole } from "./permissions/raised-role";
import type { RaisedRole } from "./permissions/raised-role";
import { assumingAction } from "./sts-action";
import { trustIndex } from "./trust-index";
import type { TrustIndex } from "./trust-index";
import { fulfillingKeys } from "./trust-keys";

/** One hop, with what the caller has to say for it. */
export interface ReachHop {
  readonly call: RoleCall;
  /** Whether the hop is certain; it may still be allowed where not all is known. */
  readonly certain: boolean;
}

/** A role that is reached, and the shortest way to it. */
export interface ReachWay {
  readonly roleArn: string;
  /** From the first caller to the role. */
  readonly hops: readonly ReachHop[];
  /** Whether every hop is certain. */
  readonly certain: boolean;
}

/** A role that is reached, and what it can make of itself. */
export interface ReachedRole extends ReachWay, RaisedRole {}

/**
 * All roles of the Terraform that a caller can reach over any number of hops, declared or not, breadth first.
 * A hop is tried with all that the trust policy asks for and a caller can say; MFA is lost after the first.
 * A managed policy whose text is not at hand may permit everything: what is reached by it, and what cannot be
 * decided, is reached, but not for certain.
 *
 * @param time when the calls are made, where no trust policy tests it: `2026-12-31T23:59:59Z`
 */
export function reach(world: AccessWorld, start: Caller, time: string): readonly ReachedRole[] {
  const prepared = prepare(world);
  return ways(prepared, start, time).map((way): ReachedRole => {
    const role = prepared.open.graph.roles.get(way.roleArn);
    return {
      ...way,
      ...(role === undefined
        ? { administrator: false, escalations: [] }
        : raisedRole(role, prepared.open)),
    };
  });
}

/**
 * The ways from any caller to all roles that it can reach, as {@link reach} tells them. With an identity the caller
 * is the one that those keys of its requests name, such as a repository, and no other of its provider or service.
 */
export function waysFrom(
  world: AccessWorld,
  time: string,
): (start: Caller, identity?: CallerIdentity) => readonly ReachWay[] {
  const prepared = prepare(world);
  return (start, identity) => ways(prepared, start, time, { identity });
}

interface Prepared {
  /** What was read; what was not is told beside the answer, and not at each hop. */
  readonly read: AccessWorld;
  /** The world in which what is not known permits everything. */
  readonly open: AccessWorld;
  readonly index: TrustIndex;
}

function prepare(world: AccessWorld): Prepared {
  const read = { ...world, graph: { ...world.graph, unread: [] } };
  const open = withUnknownAsEverything(read);
  return { read, open, index: trustIndex(open.graph) };
}

interface WaysOptions {
  /** ARNs of the roles to look at: where one is sought, those that may lead to it are enough. @default - all */
  readonly among?: ReadonlySet<string>;
  /** Who the first caller is. @default - whoever its statement names */
  readonly identity?: CallerIdentity | undefined;
}

function ways(
  { read, open, index }: Prepared,
  start: Caller,
  time: string,
  { among, identity: named }: WaysOptions = {},
): readonly ReachWay[] {
  const reached = new Map<string, ReachWay>();
  const own = start.kind === "role-session" ? start.roleArn : undefined;
  let frontier: { caller: Caller; hops: readonly ReachHop[]; identity?: string }[] = [
    { caller: start, hops: [] },
  ];
  while (frontier.length > 0) {
    const next: typeof frontier = [];
    for (const { caller, hops, identity } of frontier) {
      for (const role of index.candidates(caller, among)) {
        if (reached.has(role.arn) || role.arn === own) continue;
        const hop = hopTo(
          { read, open },
          caller,
          role,
          time,
          identity,
          hops.length === 0 ? named : undefined,
        );
        if (hop === undefined) continue;
        const way = [...hops, hop];
        reached.set(role.arn, {
          roleArn: role.arn,
          hops: way,
          certain: way.every(({ certain }) => certain),
        });
        const session: Caller = { kind: "role-session", roleArn: role.arn, sessionName: "session" };
        const set = hop.call.sourceIdentity ?? identity;
        next.push({ caller: session, hops: way, ...(set === undefined ? {} : { identity: set }) });
      }
    }
    frontier = next;
  }
  return [...reached.values()];
}

/** A caller that can reach a role, and how. */
export interface ReachingCaller {
  readonly caller: Caller;
  readonly way: ReachWay;
}

/** All users and roles of the Terraform that can reach a role over any number of hops: users first, in its order. */
export function whoReaches(
  world: AccessWorld,
  roleArn: string,
  time: string,
): readonly ReachingCaller[] {
  const prepared = prepare(world);
  const { roles, callers } = prepared.index.behind(roleArn);
  return callers.flatMap((caller) => {
    const way = ways(prepared, caller, time, { among: roles }).find(
      (each) => each.roleArn === roleArn,
    );
    return way === undefined ? [] : [{ caller, way }];
  });
}

/** The first way in which a caller may enter a role: one that is certain before one that is not. */
function hopTo(
  { read, open }: Pick<Prepared, "read" | "open">,
  caller: Caller,
  role: RoleNode,
  time: string,
  identity: string | undefined,
  named: CallerIdentity | undefined,
): ReachHop | undefined {
  let possible: ReachHop | undefined;
  for (const statement of role.trust.known ? role.trust.value.Statement : []) {
    // What is said to fulfil a statement about others leaves unsaid what this caller always says.
    if (!concerns(statement, caller)) continue;
    const said = fulfillingKeys(statement);
    const call: RoleCall = {
      caller,
      roleArn: role.arn,
      time: said.time ?? time,
      keys: {
        // How a session is named, everybody chooses.
        "sts:RoleSessionName": "session",
        ...(named === undefined ? said.keys : asCaller(caller, named, said.keys)),
        ...(identity === undefined ? {} : { "aws:SourceIdentity": identity }),
      },
      ...(said.sourceIdentity === undefined ? {} : { sourceIdentity: said.sourceIdentity }),
    };
    const { decision } = decideCall(open, call);
    const isCertain = decision === "allowed" && isCertainIn(read, call);
    if (isCertain) return { call, certain: true };
    if (decision !== "denied") possible ??= { call, certain: false };
  }
  if (role.trust.known) return possible;
  return { call: { caller, roleArn: role.arn, time, keys: {} }, certain: false };
}

/** Whether a call that is allowed where what is not known permits everything does not need that. */
function isCertainIn(read: AccessWorld, call: RoleCall): boolean {
  const evidence = callerEvidence(read.graph, call.caller);
  if (evidence.known === "nothing") return true;
  const own = [...evidence.policies, ...(evidence.known === "all" ? [evidence.boundary] : [])];
  const isKnown = own.every((policy) => policy === undefined || policy.document.known);
  return isKnown || decideCall(read, call).decision === "allowed";
}

function concerns({ Principal }: Statement, caller: Caller): boolean {
  return Principal === undefined || matchPrincipal(Principal, caller).outcome !== "no-match";
}

/** The action of a hop, in words that a person types. */
export function describeHop({ call, certain }: ReachHop): string {
  const said = Object.entries({
    ...call.keys,
    ...(call.sourceIdentity === undefined ? {} : { "sts:SourceIdentity": call.sourceIdentity }),
  }).filter(([key]) => key !== "sts:RoleSessionName" && key !== "aws:SourceIdentity");
  const keys = said.map(([key, value]) => `, with ${key} \`${valuesOf(value).join(", ")}\``);
  const action = assumingAction(call.caller.kind);
  return `${call.roleArn} by ${action}${keys.join("")}${certain ? "" : " (not known for certain)"}`;
}
