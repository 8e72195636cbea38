import type { Account, PrincipalEntry } from "../../account-map/model/account-map";
import { addressPart } from "../../account-map/read/reading";
import { policyDocument } from "../../iam/policy-document";
import type { GrantPlan, ManualGrant, UserPlan } from "../resolved-access";
import { listStatement } from "../role/assume-permission";
import type { TargetRole } from "../role/assume-permission";
import { ownRole } from "./named-callers";
import type { OwnRoles } from "./named-callers";
import type { ReportFinding } from "../parameters";
import { describePrincipal } from "../principal-description";
import type { RoleDraft } from "./role-draft";
import { EMPTY_SESSION, eitherSession, hopActions, passedOnEntering } from "../session-context";
import type { SessionContext } from "../session-context";
import { targetRoles } from "./target-roles";

/** The callers' sides that the plan makes or hands on. */
export interface Grants {
  /** By account ID. */
  readonly grants: ReadonlyMap<string, readonly GrantPlan[]>;
  /** By account ID. */
  readonly users: ReadonlyMap<string, readonly UserPlan[]>;
  readonly handouts: readonly ManualGrant[];
}

interface Grantee {
  readonly kind: "user" | "role";
  readonly accountId: string;
  readonly name: string;
  readonly path: string;
  created: boolean;
  readonly targets: Set<RoleDraft>;
  session: SessionContext;
  readonly at: PrincipalEntry["at"];
}

/**
 * Makes the callers' sides: one policy for each user and role of a mapped account that permits
 * exactly what it can assume. Roles that the map itself makes have their permission already.
 */
export function planGrants(
  roles: readonly RoleDraft[],
  own: OwnRoles,
  accounts: ReadonlyMap<string, Account>,
  report: ReportFinding,
): Grants {
  const grantees = new Map<string, Grantee>();
  const printed = new Map<
    PrincipalEntry["at"],
    { wayIn: PrincipalEntry; targets: Set<RoleDraft> }
  >();
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
        if (principal.kind === "role" && ownRole(own, accountId, name) !== undefined) continue;
        const created = principal.kind === "user" && principal.create;
        if (wayIn.grant !== "generate" && !created) continue;
        const key = `${accountId} ${principal.kind} ${name.toLowerCase()}`;
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
        checkSpelling(grantee, name, principal.path, wayIn, report);
        grantee.created ||= created;
        if (wayIn.grant === "generate") {
          grantee.targets.add(role);
          grantee.session = eitherSession(grantee.session, passedOnEntering(wayIn));
        }
        grantees.set(key, grantee);
      }
    }
  }
  const sorted = [...grantees.values()].sort(byName);
  checkAddresses(sorted, report);
  const grants = new Map<string, GrantPlan[]>();
  const users = new Map<string, UserPlan[]>();
  for (const grantee of sorted) {
    if (!accounts.has(grantee.accountId)) continue;
    const id = granteeId(grantee);
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

/** The same user or role must be spelled and placed the same everywhere: its ARN says who it is. */
function checkSpelling(
  first: Grantee,
  name: string,
  path: string,
  wayIn: PrincipalEntry,
  report: ReportFinding,
): void {
  const at = [...wayIn.at, first.kind];
  const related = { path: [...first.at, first.kind], message: "first named here" };
  if (first.name !== name) {
    report([...at, "name"], {
      rule: "ID-06",
      message: `the ${first.kind}s \`${first.name}\` and \`${name}\` differ only by case, which IAM ignores`,
      related,
    });
  } else if (first.path !== path) {
    report(at, {
      rule: "ID-10",
      message: `the ${first.kind} \`${name}\` has the path \`${first.path}\` elsewhere, not \`${path}\``,
      help: "a user or role has one path; write the same in both places",
      related,
    });
  }
}

/** Two names can become one Terraform address. */
function checkAddresses(grantees: readonly Grantee[], report: ReportFinding): void {
  const first = new Map<string, Grantee>();
  for (const grantee of grantees) {
    const key = `${grantee.accountId} ${granteeId(grantee)}`;
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, grantee);
      continue;
    }
    const { kind } = grantee;
    report([...grantee.at, kind, "name"], {
      rule: "address",
      message: `the ${kind}s \`${earlier.name}\` and \`${grantee.name}\` would get one Terraform address, \`${granteeId(grantee)}\``,
      help: "use `grant: print` for one of them",
      related: { path: [...earlier.at, kind, "name"], message: "the other one" },
    });
  }
}

function granteeId({ kind, name }: Grantee): string {
  return `${kind}-${addressPart(name)}`;
}

function handout(wayIn: PrincipalEntry, targets: ReadonlySet<RoleDraft>): ManualGrant {
  const homes = [...targets].map(({ account }) => account);
  const to = describePrincipal(wayIn.principal, ...homes);
  const roles: readonly TargetRole[] = targetRoles(targets);
  return { to, statement: listStatement(roles, hopActions(passedOnEntering(wayIn))), at: wayIn.at };
}

function byName(a: Grantee, b: Grantee): number {
  return `${a.kind} ${a.name}` < `${b.kind} ${b.name}` ? -1 : 1;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key) ?? [];
  list.push(value);
  map.set(key, list);
}
