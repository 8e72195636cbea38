import type { Account, WayIn } from "../account-map/account-map";
import { policyDocument } from "../iam/policy-document";
import type { GrantPlan, Handout, UserPlan } from "./access-plan";
import { listStatement } from "./assume-permission";
import type { TargetRole } from "./assume-permission";
import { describePrincipal } from "./principal-description";
import type { RoleDraft } from "./role-draft";
import { EMPTY_SESSION, eitherSession, hopActions } from "./session-context";
import type { SessionContext } from "./session-context";
import { addressPart } from "../account-map/reading";
import { targetRoles } from "./target-roles";

/** The callers' halves that the plan makes or hands on. */
export interface Grants {
  /** By account id. */
  readonly grants: ReadonlyMap<string, readonly GrantPlan[]>;
  /** By account id. */
  readonly users: ReadonlyMap<string, readonly UserPlan[]>;
  readonly handouts: readonly Handout[];
}

interface Grantee {
  readonly kind: "user" | "role";
  readonly accountId: string;
  readonly name: string;
  readonly path: string;
  created: boolean;
  readonly targets: Set<RoleDraft>;
  session: SessionContext;
  readonly at: WayIn["at"];
}

/**
 * Makes the callers' halves: one policy for each user and role of a mapped account that permits
 * exactly what it may enter. A role that the map itself makes gets the roles as further targets
 * instead, because its set of policies is exclusive.
 */
export function planGrants(
  roles: readonly RoleDraft[],
  accounts: ReadonlyMap<string, Account>,
): Grants {
  const own = new Map(
    roles.map((role) => [entityKey(role.account.id, "role", role.settings.roleName), role]),
  );
  const grantees = new Map<string, Grantee>();
  const printed = new Map<WayIn["at"], { wayIn: WayIn; targets: Set<RoleDraft> }>();
  for (const role of roles) {
    for (const wayIn of role.waysIn) {
      if (wayIn.grant === "print") {
        const entry = printed.get(wayIn.at) ?? { wayIn, targets: new Set<RoleDraft>() };
        entry.targets.add(role);
        printed.set(wayIn.at, entry);
      }
      const { principal } = wayIn;
      if (principal.kind !== "user" && principal.kind !== "role") continue;
      const accountId = (principal.account ?? role.account).id;
      for (const name of principal.names) {
        const key = entityKey(accountId, principal.kind, name);
        const made = own.get(key);
        if (made !== undefined) {
          if (wayIn.grant === "generate") made.targets.add(role);
          continue;
        }
        const created = principal.kind === "user" && principal.create;
        if (wayIn.grant !== "generate" && !created) continue;
        const grantee = grantees.get(key) ?? {
          kind: principal.kind,
          accountId,
          name,
          path: principal.path,
          created,
          targets: new Set<RoleDraft>(),
          session: EMPTY_SESSION,
          at: wayIn.at,
        };
        grantee.created ||= created;
        if (wayIn.grant === "generate") {
          grantee.targets.add(role);
          grantee.session = eitherSession(grantee.session, passedBy(wayIn));
        }
        grantees.set(key, grantee);
      }
    }
  }
  const grants = new Map<string, GrantPlan[]>();
  const users = new Map<string, UserPlan[]>();
  for (const grantee of [...grantees.values()].sort(byName)) {
    if (!accounts.has(grantee.accountId)) continue;
    const id = `${grantee.kind}-${addressPart(grantee.name)}`;
    if (grantee.created) {
      push(users, grantee.accountId, { id, name: grantee.name, path: grantee.path });
    }
    if (grantee.targets.size === 0) continue;
    const { kind, name, created, at } = grantee;
    const actions = hopActions(grantee.session);
    const document = policyDocument([listStatement(targetRoles(grantee.targets), actions)]);
    push(grants, grantee.accountId, { id, kind, name, created, document, at });
  }
  const handouts = [...printed.values()].map(({ wayIn, targets }) => handout(wayIn, targets));
  return { grants, users, handouts };
}

function handout(wayIn: WayIn, targets: ReadonlySet<RoleDraft>): Handout {
  const [first] = targets;
  const to = first === undefined ? "" : describePrincipal(wayIn.principal, first.account);
  const roles: readonly TargetRole[] = targetRoles(targets);
  return { to, statement: listStatement(roles, hopActions(passedBy(wayIn))), at: wayIn.at };
}

/** What a caller from outside passes on entering, transitive or not. */
function passedBy({ conditions }: WayIn): SessionContext {
  return {
    sourceIdentity: conditions.sourceIdentity !== undefined,
    transitiveTags: conditions.sessionTags.map((tag) => tag.key).sort(),
  };
}

function entityKey(accountId: string, kind: "user" | "role", name: string): string {
  return `${accountId} ${kind} ${name}`;
}

function byName(a: Grantee, b: Grantee): number {
  return `${a.kind} ${a.name}` < `${b.kind} ${b.name}` ? -1 : 1;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key) ?? [];
  list.push(value);
  map.set(key, list);
}
