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
import { entryPermission } from "./role/entry-permission";
import type { EnteredRole } from "./role/entry-permission";
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
  readonly entered: EnteredRole[];
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
  const printed = new Map<PrincipalEntry["at"], EnteredRole[]>();
  for (const role of roles) {
    for (const wayIn of role.waysIn) {
      if (wayIn.grant === "print") {
        addTo(printed, wayIn.at, { wayIn, role });
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
          entered: [],
          at: wayIn.at,
        };
        checkSpelling(wayIn, { kind: grantee.kind, name, path: principal.path }, grantee, report);
        grantee.created ||= created;
        if (wayIn.grant === "generate") grantee.entered.push({ role, wayIn });
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
    if (grantee.entered.length === 0) continue;
    const { kind, name, created, at } = grantee;
    const document = policyDocument(entryPermission(grantee.entered));
    addTo(grants, grantee.accountId, { id, kind, name, created, document, at });
  }
  const handouts = [...printed.values()].flatMap(handout);
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

function handout(entered: readonly EnteredRole[]): ManualGrant[] {
  const [first] = entered;
  if (first === undefined) return [];
  const { principal, at } = first.wayIn;
  const homes = [...new Set(entered.map(({ role }) => role.account))];
  const to = describePrincipal(principal, ...homes);
  return [{ to, statements: entryPermission(entered), at }];
}

const byName = byTextOf(({ kind, name }: Grantee) => `${kind} ${name}`);
