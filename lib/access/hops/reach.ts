import type { Caller } from "../../iam/condition/caller";
import type { CallerIdentity } from "../callers/caller-in-request";
import { sessionOf } from "../../iam/condition/caller";
import type { AccessModel } from "../decide/access-model";
import type { ReachHop, HopWorlds } from "./hop-to";
import { hopTo } from "./hop-to";
import { assumeUnknownAllowed } from "../decide/assume-unknown-allowed";
import { raisedRole } from "../permissions/escalations-of";
import type { RaisedRole } from "../permissions/escalations-of";
import { trustIndex } from "../decide/trust-index";
import type { TrustIndex } from "../decide/trust-index";

export type { ReachHop } from "./hop-to";

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

/** How a way is asked for. */
export interface ReachOptions {
  /** The keys of its requests that say which caller of a provider or service it is. @default - whoever is named */
  readonly identity?: CallerIdentity | undefined;
  /**
   * Whether all calls are made at the time that is given, and not whenever a trust policy allows it.
   *
   * @default false
   */
  readonly isTimeFixed?: boolean;
}

/**
 * All roles of the Terraform that a caller can reach over any number of hops, declared or not, breadth first.
 * A hop is tried with all that the trust policy asks for and a caller can say; MFA is lost after the first.
 * A managed policy whose text is not at hand may permit everything: what is reached by it, and what cannot be
 * decided, is reached, but not for certain.
 *
 * @param time when the calls are made, where no trust policy tests it: `2026-12-31T23:59:59Z`
 */
export function reach(
  world: AccessModel,
  start: Caller,
  time: string,
  options: ReachOptions = {},
): readonly ReachedRole[] {
  const prepared = prepare(world);
  return ways(prepared, start, time, options).map((way): ReachedRole => {
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
  world: AccessModel,
  time: string,
): (start: Caller, identity?: CallerIdentity) => readonly ReachWay[] {
  const prepared = prepare(world);
  return (start, identity) => ways(prepared, start, time, { identity });
}

/** A world in which ways are looked for. */
export interface Prepared extends HopWorlds {
  readonly index: TrustIndex;
}

/** Prepares a world for many questions. */
export function prepare(world: AccessModel): Prepared {
  const read = { ...world, graph: { ...world.graph, unread: [] } };
  const open = assumeUnknownAllowed(read);
  return { read, open, index: trustIndex(open.graph) };
}

/** Where ways are looked for. */
export interface WaysOptions extends ReachOptions {
  /** ARNs of the roles to look at: where one is sought, those that may lead to it are enough. @default - all */
  readonly among?: ReadonlySet<string>;
}

/** The shortest way to each role that a caller reaches. */
export function ways(
  { read, open, index }: Prepared,
  start: Caller,
  time: string,
  { among, identity, isTimeFixed = false }: WaysOptions = {},
): readonly ReachWay[] {
  const reached = new Map<string, ReachWay>();
  const own = start.kind === "role-session" ? start.roleArn : undefined;
  let frontier: { caller: Caller; hops: readonly ReachHop[]; sourceIdentity?: string }[] = [
    { caller: start, hops: [] },
  ];
  while (frontier.length > 0) {
    const next: typeof frontier = [];
    for (const { caller, hops, sourceIdentity } of frontier) {
      const asking = { caller, time, isTimeFixed, sourceIdentity };
      for (const role of index.candidates(caller, among)) {
        if (reached.has(role.arn) || role.arn === own) continue;
        const hop = hopTo(
          { read, open },
          hops.length === 0 ? { ...asking, identity } : asking,
          role,
        );
        if (hop === undefined) continue;
        const way = [...hops, hop];
        reached.set(role.arn, {
          roleArn: role.arn,
          hops: way,
          certain: way.every(({ certain }) => certain),
        });
        const set = hop.call.sourceIdentity ?? sourceIdentity;
        next.push({
          caller: sessionOf(role.arn),
          hops: way,
          ...(set === undefined ? {} : { sourceIdentity: set }),
        });
      }
    }
    frontier = next;
  }
  return [...reached.values()];
}
