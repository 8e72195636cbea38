import type { PrincipalEntry } from "../account-map/model/account-map";
import { addressPart } from "../account-map/model/address-part";
import { policyDocument } from "../iam/policy-document";
import type { OwnRole } from "./draft/named-callers";
import type { RoleDraft } from "./draft/role-draft";
import { checkSpelling } from "./draft/spelling";
import type { ReportFinding } from "./parameters";
import type { PlanScope } from "./plan-scope";
import { describePrincipal } from "./principal-description";
import type { GrantPlan, ManualGrant, UserPlan } from "./resolved-access";
import { listStatement } from "./role/assume-permission";
import { targetRoles } from "./role/target-roles";
import { EMPTY_SESSION, eitherSession, hopActions, passedOnEntering } from "./session-context";
import type { SessionContext } from "./session-context";
import { byTextOf } from "../values/order";
import { addTo } from "../values/group";

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
  ownRole: OwnRole,
  { map, report }: PlanScope,
): Grants {
  const mapped = new Set([...map.accounts.values()].map(({ id }) => id as string));
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
        if (principal.kind === "role" && ownRole(accountId, name) !== undefined) continue;
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
        checkSpelling(wayIn, { kind: grantee.kind, name, path: principal.path }, grantee, report);
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
    if (!mapped.has(grantee.accountId)) continue;
    const id = granteeId(grantee);
    if (grantee.created) {
      addTo(users, grantee.accountId, { id, name: grantee.name, path: grantee.path });
    }
    if (grantee.targets.size === 0) continue;
    const { kind, name, created, at } = grantee;
    const actions = hopActions(grantee.session);
    const document = policyDocument([listStatement(targetRoles(grantee.targets), actions)]);
    addTo(grants, grantee.accountId, { id, kind, name, created, document, at });
  }
  const handouts = [...printed.values()].map(({ wayIn, targets }) => handout(wayIn, targets));
  return { grants, users, handouts };
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
  const actions = hopActions(passedOnEntering(wayIn));
  return { to, statement: listStatement(targetRoles(targets), actions), at: wayIn.at };
}

const byName = byTextOf(({ kind, name }: Grantee) => `${kind} ${name}`);
