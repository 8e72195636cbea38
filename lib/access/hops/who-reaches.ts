import { nameInArn, parseArn } from "../../iam/arn";
import { callerAccount, principalArn } from "../../iam/condition/caller";
import type { Caller } from "../../iam/condition/caller";
import { PARTITIONS } from "../../iam/partition";
import { policyDocument } from "../../iam/policy-document";
import type { AccessGraph } from "../access-graph";
import type { CallerIdentity } from "../callers/caller-in-request";
import { callerKey } from "../callers/caller-key";
import { callerOfArn } from "../callers/named-caller";
import type { NamedCaller } from "../callers/named-caller";
import { trustedCallers } from "../callers/trusted-callers";
import { trustedOrganizations } from "../callers/trusted-organizations";
import type { AccessModel } from "../decide/access-model";
import type { AccountFacts } from "../account-directory";
import { prepare, ways } from "./reach";
import type { Prepared, ReachOptions, ReachWay } from "./reach";

/** What must be the case for a caller to reach a role, and is not in the Terraform or the map. */
export type Provided = "own-permissions" | "organization";

/** A caller that can reach a role, and how. */
export interface ReachingCaller {
  /** As a policy names it: an ARN or a pattern of ARNs, the ARN of an account, a service, a provider, or `*`. */
  readonly from: string;
  readonly who: NamedCaller;
  /** One that is called so. */
  readonly caller: Caller;
  /**
   * What the way takes for given: that the caller's own permissions, which are made elsewhere, allow it, and that its
   * account is in the organization that a trust policy asks for.
   */
  readonly provided: readonly Provided[];
  readonly way: ReachWay;
}

/**
 * All who can reach a role over any number of hops: whom trust policies let in from outside of the Terraform, such
 * as permission sets, repositories, services and accounts, then the users and then the roles of the Terraform, in
 * its order.
 *
 * @param time when the calls are made, where no trust policy tests it: `2026-12-31T23:59:59Z`
 */
export function whoReaches(
  world: AccessModel,
  roleArn: string,
  time: string,
  options: Omit<ReachOptions, "identity"> = {},
): readonly ReachingCaller[] {
  const prepared = prepare(world);
  const { roles, callers } = prepared.index.behind(roleArn);
  const wayOf: FindWay = (start, { from = prepared, identity }) =>
    ways(from, start, time, { ...options, among: roles, identity }).find(
      (each) => each.roleArn === roleArn,
    );
  return [
    ...outsideOf(world.graph, roles).flatMap((each) => reachingFrom(prepared, each, wayOf)),
    ...callers.flatMap((caller): ReachingCaller[] => {
      const way = wayOf(caller, {});
      const from = principalArn(caller) ?? caller.kind;
      const who = callerOfArn(from, false);
      return way === undefined ? [] : [{ from, who, caller, provided: [], way }];
    }),
  ];
}

type FindWay = (
  start: Caller,
  how: { readonly from?: Prepared; readonly identity?: CallerIdentity },
) => ReachWay | undefined;

interface OutsideCaller extends Pick<ReachingCaller, "from" | "who" | "caller"> {
  readonly identity: CallerIdentity;
  /** In which organizations trust policies want it to be. */
  readonly organizations: readonly AccountFacts[];
}

/** Whom the trust policies of some roles name, except users and roles of the graph. */
function outsideOf(graph: AccessGraph, roles: ReadonlySet<string>): readonly OutsideCaller[] {
  const found = new Map<string, OutsideCaller>();
  for (const arn of roles) {
    const role = graph.roles.get(arn);
    if (role === undefined) continue;
    const asked = trustedOrganizations(role);
    for (const { name: from, who, caller, identity } of trustedCallers(role)) {
      if (graph.users.has(from) || graph.roles.has(from)) continue;
      const key = callerKey(from, who);
      const organizations = [...(found.get(key)?.organizations ?? []), ...asked];
      found.set(key, { from, who, caller, identity, organizations });
    }
  }
  return [...found.values()];
}

/** Kinds whose name says itself in which organization its bearers are, or that it is none in particular. */
const SAYS_ORGANIZATION: ReadonlySet<NamedCaller["kind"]> = new Set([
  "anyone",
  "organization",
  "organizational-unit",
]);

/** How somebody from outside reaches a role: by what is known of it, else by what has to be taken for given. */
function reachingFrom(
  prepared: Prepared,
  { from, who, caller, identity, organizations }: OutsideCaller,
  wayOf: FindWay,
): readonly ReachingCaller[] {
  const account = callerAccount(caller);
  const permitted = account === undefined ? prepared : withPermissions(prepared, caller);
  const isOpen =
    account !== undefined &&
    !prepared.read.accounts.has(account) &&
    !SAYS_ORGANIZATION.has(who.kind);
  const assumed = isOpen ? organizations.map((facts) => withFacts(permitted, account, facts)) : [];
  const worlds: readonly { readonly from: Prepared; readonly provided: readonly Provided[] }[] = [
    { from: prepared, provided: [] },
    ...(account === undefined ? [] : [{ from: permitted, provided: ["own-permissions"] as const }]),
    ...assumed.map((each) => ({
      from: each,
      provided: ["own-permissions", "organization"] as const,
    })),
  ];
  const found = worlds.flatMap((world): ReachingCaller[] => {
    const way = wayOf(caller, { from: world.from, identity });
    return way === undefined ? [] : [{ from, who, caller, provided: world.provided, way }];
  });
  const best = found.find(({ way }) => way.certain) ?? found[0];
  return best === undefined ? [] : [best];
}

const EVERYTHING = policyDocument([{ Effect: "Allow", Action: "*", Resource: "*" }]);

/** A world in which a user or role that is made elsewhere is permitted everything by its own side. */
function withPermissions(prepared: Prepared, caller: Caller): Prepared {
  const arn = principalArn(caller) ?? "";
  const grant = {
    kind: caller.kind === "user" ? "user" : "role",
    accountId: parseArn(arn)?.accountId ?? "",
    partition: PARTITIONS.find((each) => each === parseArn(arn)?.partition) ?? "aws",
    stack: "",
    address: "",
    name: nameInArn(arn),
    policy: {
      name: "everything",
      kind: "inline",
      document: { known: true, value: EVERYTHING },
    },
  } as const;
  return inBoth(prepared, (world) => ({
    ...world,
    graph: { ...world.graph, grants: [...world.graph.grants, grant] },
  }));
}

function withFacts(prepared: Prepared, account: string, facts: AccountFacts): Prepared {
  return inBoth(prepared, (world) => ({
    ...world,
    accounts: new Map([...world.accounts, [account, facts]]),
  }));
}

function inBoth(prepared: Prepared, change: (world: AccessModel) => AccessModel): Prepared {
  return { ...prepared, read: change(prepared.read), open: change(prepared.open) };
}
