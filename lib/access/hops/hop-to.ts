import { matchesAction } from "../../iam/condition/action-match";
import { principalArn } from "../../iam/condition/caller";
import type { Caller } from "../../iam/condition/caller";
import { matchPrincipal } from "../../iam/condition/principal-match";
import { valuesOf } from "../../iam/policy-document";
import type { Statement } from "../../iam/policy-document";
import type { RoleNode } from "../access-graph";
import type { CallerCondition } from "../callers/caller-condition";
import { asCaller } from "../callers/caller-in-request";
import type { CallerIdentity } from "../callers/caller-in-request";
import type { AccessModel } from "../decide/access-model";
import { decideCall } from "../decide/decide-call";
import type { RoleCall } from "../decide/decide-call";
import { callerEvidence } from "../decide/evidence";
import { assumingAction } from "../decide/sts-action";
import { fulfillingKeys } from "../decide/trust-keys";
import type { RequestKeys } from "../decide/trust-keys";
import { statementConditions } from "./statement-conditions";

/** One hop, with what the caller has to say for it. */
export interface ReachHop {
  readonly call: RoleCall;
  /** Whether the hop is certain; it may still be allowed where not all is known. */
  readonly certain: boolean;
  /**
   * Sets of conditions, one of which the request must fulfil as a whole: of each statement of the trust policy that
   * lets this caller in. An empty set asks for nothing.
   */
  readonly conditions: readonly (readonly CallerCondition[])[];
}

/** The worlds in which a hop is decided. */
export interface HopWorlds {
  /** What was read; what was not is told beside the answer, and not at each hop. */
  readonly read: AccessModel;
  /** The world in which what is not known permits everything. */
  readonly open: AccessModel;
}

/** Who asks for a role, and when. */
export interface HopCaller {
  readonly caller: Caller;
  /** When the call is made: `2026-12-31T23:59:59Z`. */
  readonly time: string;
  /** Whether it is made then in any case, and not whenever the trust policy allows it. */
  readonly isTimeFixed: boolean;
  /** A source identity that the session carries. @default - none */
  readonly sourceIdentity?: string | undefined;
  /** Which caller of its provider or service it is. @default - whoever the statement names */
  readonly identity?: CallerIdentity | undefined;
}

/**
 * How a caller assumes a role, by the statements of its trust policy that let this caller in: those by which it is
 * certain, else those by which it is possible. Each is asked without the others, so that no caller is said to need
 * what another statement asks for.
 */
export function hopTo(worlds: HopWorlds, asking: HopCaller, role: RoleNode): ReachHop | undefined {
  const { caller, time } = asking;
  if (!role.trust.known) {
    const call = { caller, roleArn: role.arn, time, keys: {} };
    return { call, certain: false, conditions: [] };
  }
  const action = assumingAction(caller.kind);
  const own = role.trust.value.Statement.filter(
    (each) => each.Effect === "Allow" && concerns(each, caller),
  );
  const assuming = own.filter((each) => isAbout(each, action));
  const beside = own.filter((each) => !isAbout(each, action));
  const ways = assuming.flatMap((statement): ReachHop[] => {
    const others = assuming.filter((each) => each !== statement);
    const hop = hopBy(worlds, asking, without(role, others), [statement, ...beside]);
    return hop === undefined ? [] : [hop];
  });
  const certain = ways.filter((way) => way.certain);
  const best = certain.length > 0 ? certain : ways;
  const [first] = best;
  return first === undefined
    ? undefined
    : { ...first, conditions: distinct(best.flatMap(({ conditions }) => conditions)) };
}

/**
 * The hop by one statement: by what it asks for alone, else with what a statement about another action asks for, such
 * as that to set a source identity, which a session may bring along.
 */
function hopBy(
  { read, open }: HopWorlds,
  asking: HopCaller,
  role: RoleNode,
  [statement, ...beside]: readonly [Statement, ...Statement[]],
): ReachHop | undefined {
  const { caller, identity } = asking;
  const [openRole, readRole] = [withRole(open, role, caller), withRole(read, role, caller)];
  const conditionsOf = (each: Statement): readonly (readonly CallerCondition[])[] =>
    statementConditions(each, role, caller, identity);
  const said = fulfillingKeys(statement);
  let possible: ReachHop | undefined;
  for (const also of [undefined, ...beside]) {
    const keys = also === undefined ? said : both(said, fulfillingKeys(also));
    const call = callOf(asking, role, keys);
    const { decision } = decideCall(openRole, call);
    if (decision === "denied") continue;
    const certain = decision === "allowed" && isCertainIn(readRole, call);
    const more = also === undefined ? [] : conditionsOf(also).flat();
    const conditions = conditionsOf(statement).map((each) => distinct([...each, ...more]));
    if (certain) return { call, certain, conditions };
    possible ??= { call, certain, conditions };
  }
  return possible;
}

function callOf(
  { caller, time, isTimeFixed, sourceIdentity, identity }: HopCaller,
  { arn }: RoleNode,
  said: RequestKeys,
): RoleCall {
  return {
    caller,
    roleArn: arn,
    time: isTimeFixed ? time : (said.time ?? time),
    keys: {
      // How a session is named, everybody chooses.
      "sts:RoleSessionName": "session",
      ...(identity === undefined ? said.keys : asCaller(caller, identity, said.keys)),
      ...(sourceIdentity === undefined ? {} : { "aws:SourceIdentity": sourceIdentity }),
    },
    ...(said.sourceIdentity === undefined ? {} : { sourceIdentity: said.sourceIdentity }),
  };
}

function both(one: RequestKeys, other: RequestKeys): RequestKeys {
  return { ...other, ...one, keys: { ...other.keys, ...one.keys } };
}

function concerns({ Principal }: Statement, caller: Caller): boolean {
  return Principal === undefined || matchPrincipal(Principal, caller).outcome !== "no-match";
}

function isAbout({ Action, NotAction }: Statement, action: string): boolean {
  const isNamed = valuesOf(Action ?? NotAction).some((each) => matchesAction(each, action));
  return isNamed === (Action !== undefined);
}

/** A role whose trust policy lacks some statements. */
function without(role: RoleNode, statements: readonly Statement[]): RoleNode {
  if (statements.length === 0 || !role.trust.known) return role;
  const { value } = role.trust;
  const left = value.Statement.filter((each) => !statements.includes(each));
  return { ...role, trust: { known: true, value: { ...value, Statement: left } } };
}

/** A world in which a role is another one; of all others only the caller is in it. */
function withRole(world: AccessModel, role: RoleNode, caller: Caller): AccessModel {
  const { graph } = world;
  if (graph.roles.get(role.arn) === role) return world;
  const own = graph.roles.get(principalArn(caller) ?? "");
  const roles = new Map([
    ...(own === undefined ? [] : [[own.arn, own] as const]),
    [role.arn, role] as const,
  ]);
  return { ...world, graph: { ...graph, roles } };
}

/** Whether a call that is allowed where what is not known permits everything does not need that. */
function isCertainIn(read: AccessModel, call: RoleCall): boolean {
  const evidence = callerEvidence(read.graph, call.caller);
  if (evidence.known === "nothing") return true;
  const own = [...evidence.policies, ...(evidence.known === "all" ? [evidence.boundary] : [])];
  const isKnown = own.every((policy) => policy === undefined || policy.document.known);
  return isKnown || decideCall(read, call).decision === "allowed";
}

function distinct<T>(items: readonly T[]): readonly T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
