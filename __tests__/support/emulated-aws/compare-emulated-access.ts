import { accountDirectory } from "../../../lib/access/account-directory";
import { carriedContext } from "../../../lib/access/declared/carried-context";
import { compareInventory } from "../../../lib/access/proof/compare-inventory";
import { comparePermissions } from "../../../lib/access/proof/compare-permissions";
import { decideCall } from "../../../lib/access/decide/decide-call";
import type { RoleCall } from "../../../lib/access/decide/decide-call";
import { NO_CONTROL_POLICIES } from "../../../lib/access/decide/control-policies";
import { declaredTrust } from "../../../lib/access/declared/declared-trust";
import { edgeCalls } from "../../../lib/access/proof/edge-calls";
import { proveTrust } from "../../../lib/access/proof/prove-trust";
import type { AccountMap } from "../../../lib/account-map/model/account-map";
import { principalArn } from "../../../lib/iam/condition/caller";
import type { Caller } from "../../../lib/iam/condition/caller";
import type { ResolvedAccess, Edge } from "../../../lib/plan/resolved-access";
import type { EmulatedAccess, EmulatedRole } from "./emulated-access";

/** What became of calls that were decided from what there is. */
export interface ComparedAccess {
  /** Roles as the map has them, by ARN. */
  readonly wantedRoles: Readonly<Record<string, Omit<EmulatedRole, "roleId">>>;
  /** Roles as there are, by ARN. */
  readonly actualRoles: Readonly<Record<string, Omit<EmulatedRole, "roleId">>>;
  /** Where what there is differs from the map. */
  readonly problems: readonly string[];
  /** Declared calls by what became of them. */
  readonly declared: Readonly<Record<string, number>>;
  /** Undeclared calls by what became of them. */
  readonly undeclared: Readonly<Record<string, number>>;
}

/** An account of nobody. */
const FOREIGN = "909090909090";
const TIME = "2026-01-01T00:00:00Z";

/**
 * Compares what there is with what a map declares: the roles with all that they are, what each lets in and is
 * permitted, every declared call, and calls that nobody declared: of every role and user to every role, of a
 * stranger in each account, of one in an account of nobody, and declared calls with another external id.
 */
export function compareEmulatedAccess(
  { graph, roles }: EmulatedAccess,
  map: AccountMap,
  plan: ResolvedAccess,
): ComparedAccess {
  const accounts = accountDirectory(map.accounts.values());
  const world = { graph, accounts, controls: NO_CONTROL_POLICIES };
  const planned = new Map(
    plan.accounts.flatMap((account) => account.roles.map((role) => [role.arn, role] as const)),
  );
  const problems = [
    ...compareInventory(plan, graph),
    ...proveTrust({ planned, declared: declaredTrust(plan), graph, accounts }),
    ...comparePermissions(plan, graph),
  ].map(({ verdict, roleArn, message }) => `${verdict}: ${roleArn}: ${message}`);

  const declared: Record<string, number> = {};
  const undeclared: Record<string, number> = {};
  const carried = carriedContext(plan);
  const calls = plan.edges.flatMap((edge) => edgeCalls(edge, carried));
  const decide = (call: RoleCall, wanted: "allowed" | "denied"): void => {
    const { decision } = decideCall(world, call);
    const counts = wanted === "allowed" ? declared : undeclared;
    counts[decision] = (counts[decision] ?? 0) + 1;
    if (decision !== wanted) {
      const who = principalArn(call.caller) ?? call.caller.kind;
      problems.push(`${who} to ${call.roleArn} is ${decision}, and should be ${wanted}`);
    }
  };
  for (const call of calls) {
    decide(call, "allowed");
    if (call.keys["sts:ExternalId"] === undefined) continue;
    decide({ ...call, keys: { ...call.keys, "sts:ExternalId": "another" } }, "denied");
    const { "sts:ExternalId": _, ...without } = call.keys;
    decide({ ...call, keys: without }, "denied");
  }
  const idsOf = externalIds(plan.edges);
  const known = new Set(calls.map(({ caller, roleArn }) => `${callerName(caller)} ${roleArn}`));
  for (const caller of callersAround(graph, map)) {
    for (const roleArn of graph.roles.keys()) {
      if (known.has(`${callerName(caller)} ${roleArn}`) || !planned.has(roleArn)) continue;
      for (const id of idsOf.get(roleArn) ?? []) {
        const keys = { "sts:ExternalId": id, ...organizationOf(caller, map) };
        decide({ caller, roleArn, time: TIME, keys }, "denied");
      }
      decide({ caller, roleArn, time: TIME, keys: organizationOf(caller, map) }, "denied");
    }
  }
  return {
    wantedRoles: wantedRoles(plan),
    actualRoles: Object.fromEntries([...roles].map(([arn, { roleId: _, ...role }]) => [arn, role])),
    problems,
    declared,
    undeclared,
  };
}

function wantedRoles(plan: ResolvedAccess): ComparedAccess["wantedRoles"] {
  return Object.fromEntries(
    plan.accounts.flatMap(({ roles }) =>
      roles.map((role) => [
        role.arn,
        {
          name: role.name,
          path: role.path,
          description: role.description,
          maxSessionSeconds: role.maxSessionSeconds,
          ...(role.permissionsBoundary === undefined
            ? {}
            : { boundary: role.permissionsBoundary.arn }),
          tags: { ...plan.tags, ...role.tags },
        },
      ]),
    ),
  );
}

function externalIds(edges: readonly Edge[]): Map<string, Set<string>> {
  const ids = new Map<string, Set<string>>();
  for (const { to, externalIds: own } of edges) {
    const known = ids.get(to.arn) ?? new Set();
    ids.set(to.arn, new Set([...known, ...own]));
  }
  return ids;
}

/** Everybody who is there, a stranger in each account, one in an account of nobody, and a service. */
function callersAround({ roles, users }: EmulatedAccess["graph"], map: AccountMap): Caller[] {
  const session = (roleArn: string): Caller => ({
    kind: "role-session",
    roleArn,
    sessionName: "session",
  });
  const ids = [...[...map.accounts.values()].map(({ id }) => id), FOREIGN];
  return [
    ...[...roles.keys()].map(session),
    ...[...users.keys()].map((arn): Caller => ({ kind: "user", arn })),
    ...ids.map((id) => session(`arn:aws:iam::${id}:role/stranger`)),
    { kind: "service", service: "lambda.amazonaws.com" },
  ];
}

/** The account of nobody is as if it were in the organization, without being in the map: that opens nothing. */
function organizationOf(caller: Caller, map: AccountMap): Record<string, string> {
  const [organization] = [...map.accounts.values()].flatMap((each) => each.organization ?? []);
  const foreign = principalArn(caller)?.includes(FOREIGN) === true;
  return foreign && organization !== undefined ? { "aws:PrincipalOrgID": organization.id } : {};
}

function callerName(caller: Caller): string {
  return principalArn(caller) ?? caller.kind;
}
