import type { Account } from "../../account-map/model/account-map";
import type { RolePrincipal } from "../../account-map/model/principal";
import { roleArn } from "../../iam/arn";
import type { ResolvedAccess, Edge, RolePlan } from "../../plan/resolved-access";
import { POD_IDENTITY_TAGS } from "../../plan/role/way-in-statements";

/** What sessions of a role may bring with them when they go on. */
export interface InheritedSession {
  sourceIdentity: boolean;
  readonly transitiveTags: Set<string>;
}

const carriedInPlan = new WeakMap<ResolvedAccess, ReadonlyMap<RolePlan, InheritedSession>>();

/** What the sessions of each role may carry, whichever way they came (rules TR-16, TR-17). */
export function carriedSessions(plan: ResolvedAccess): ReadonlyMap<RolePlan, InheritedSession> {
  const known = carriedInPlan.get(plan);
  if (known !== undefined) return known;
  const carried = flow(plan);
  carriedInPlan.set(plan, carried);
  return carried;
}

/** The roles of the plan that an edge comes from: the calling role, or those that its principal names. */
export function callingRoles(
  { from, toAccount }: Edge,
  roles: ReadonlyMap<string, RolePlan>,
): readonly RolePlan[] {
  if (from.kind === "role") return [from.role];
  const { principal } = from.wayIn;
  if (principal.kind !== "role") return [];
  return principal.names.flatMap((name) => roles.get(arnOf(principal, name, toAccount)) ?? []);
}

/** The roles of a plan by their ARNs. */
export function rolesByArn(plan: ResolvedAccess): ReadonlyMap<string, RolePlan> {
  return new Map(plan.accounts.flatMap(({ roles }) => roles).map((role) => [role.arn, role]));
}

function flow(plan: ResolvedAccess): ReadonlyMap<RolePlan, InheritedSession> {
  const roles = rolesByArn(plan);
  const carried = new Map<RolePlan, InheritedSession>();
  const next = new Map<RolePlan, RolePlan[]>();
  for (const edge of plan.edges) {
    const own = carried.get(edge.to) ?? { sourceIdentity: false, transitiveTags: new Set() };
    if (edge.from.kind === "principal") enter(own, edge.from.wayIn);
    carried.set(edge.to, own);
    for (const caller of callingRoles(edge, roles)) {
      const targets = next.get(caller) ?? [];
      targets.push(edge.to);
      next.set(caller, targets);
    }
  }
  const pending = [...carried.keys()];
  for (let role = pending.pop(); role !== undefined; role = pending.pop()) {
    const from = carried.get(role);
    for (const target of next.get(role) ?? []) {
      const to = carried.get(target);
      if (from !== undefined && to !== undefined && passOn(from, to)) pending.push(target);
    }
  }
  return carried;
}

function enter(
  own: InheritedSession,
  wayIn: Extract<Edge["from"], { kind: "principal" }>["wayIn"],
): void {
  const { principal, conditions } = wayIn;
  own.sourceIdentity ||=
    conditions.sourceIdentity !== undefined || principal.kind === "rolesAnywhere";
  const declared = conditions.sessionTags.filter((tag) => tag.transitive).map(({ key }) => key);
  const tags = principal.kind === "podIdentity" ? POD_IDENTITY_TAGS : declared;
  for (const tag of tags) own.transitiveTags.add(tag);
}

/** Whether the target may carry more than before. */
function passOn(from: InheritedSession, to: InheritedSession): boolean {
  const before = to.transitiveTags.size;
  const gains = from.sourceIdentity && !to.sourceIdentity;
  to.sourceIdentity ||= from.sourceIdentity;
  for (const tag of from.transitiveTags) to.transitiveTags.add(tag);
  return gains || to.transitiveTags.size > before;
}

function arnOf({ account, path }: RolePrincipal, name: string, home: Account): string {
  const { partition, id } = account ?? home;
  return roleArn({ partition, accountId: id }, path, name);
}
