import { listNames } from "../../diagnostics/nearest";
import type { Account, Organization, PrincipalEntry } from "../model/account-map";
import type { Principal, PrincipalKind } from "../model/principal";
import type { PrincipalScope } from "./principal-scope";
import type { RawPrincipal } from "./raw-account-map";
import { readOriginOf } from "./read-call-origin";
import { readConditions, readGrant } from "./read-conditions";
import { readPermissionSet, readEntity } from "./read-entity";
import { readGithub, readOidc, readSaml } from "./read-federation";
import { readForeignAccount, readUnit } from "./read-outsider";
import { readPodIdentity, readRolesAnywhere, readService } from "./read-service";
import { checkIdentifier, lookUp } from "./reading";
import type { Reporter } from "../../source/reporter";
import type { Path } from "../../source/source";
import { byTextOf } from "../../values/order";

/** Kinds of principals, as the map spells them. */
export const PRINCIPAL_KINDS: readonly PrincipalKind[] = [
  "user",
  "role",
  "account",
  "permissionSet",
  "githubActions",
  "oidc",
  "saml",
  "instanceProfile",
  "podIdentity",
  "service",
  "rolesAnywhere",
  "organizationalUnit",
  "foreignAccount",
];

/** Reads the ways into a role; `home` is the organization of the role, where it is known. */
export function readWaysIn(
  raw: Readonly<Record<string, RawPrincipal>> | undefined,
  home: Organization | undefined,
  path: Path,
  scope: PrincipalScope,
  reporter: Reporter,
): PrincipalEntry[] {
  const waysIn: PrincipalEntry[] = [];
  for (const [key, entry] of Object.entries(raw ?? {})) {
    const wayIn = readWayIn(key, entry, home, [...path, key], scope, reporter);
    if (wayIn !== undefined) waysIn.push(wayIn);
  }
  return waysIn.sort(byTextOf(({ key }) => key));
}

/** Reads one principal: exactly one kind of principal, and its conditions. */
export function readWayIn(
  key: string,
  raw: RawPrincipal,
  home: Organization | undefined,
  path: Path,
  scope: PrincipalScope,
  reporter: Reporter,
): PrincipalEntry | undefined {
  const kinds = PRINCIPAL_KINDS.filter((kind) => raw[kind] !== undefined);
  const [kind, second] = kinds;
  if (kind === undefined || second !== undefined) {
    reporter.report(path, {
      rule: "principal-kind",
      atKey: true,
      message:
        kind === undefined
          ? `a principal needs one kind: ${listNames(PRINCIPAL_KINDS, 20)}`
          : `a principal has one kind, got ${listNames(kinds)}`,
      help:
        kind === undefined
          ? "add one of them, such as `role: { name: ... }`"
          : "give each its own key, so that their conditions never mix",
    });
    return undefined;
  }
  const principal = readPrincipal(kind, raw, home, [...path, kind], scope, reporter);
  const conditions = readConditions(raw, kind, path, reporter);
  const grant = readGrant(raw, kind, path, reporter);
  const origin = readOriginOf(
    raw.calledFrom,
    kind,
    conditions,
    scope.origin,
    [...path, "calledFrom"],
    reporter,
  );
  // Of a named user or role the rule of this id decides, whose finding can be accepted.
  const isWhole = principal?.kind === "foreignAccount" && principal.entity === undefined;
  if (isWhole && conditions.externalIds.length === 0) {
    reporter.report(path, {
      rule: "foreign-external-id",
      atKey: true,
      message: "an external account can assume a role only with an external ID (ID-12)",
      help: "add `externalId:`, which keeps the vendor's other customers from using this role, or name one `user:` or `role:` of the account",
    });
  }
  const where = origin === undefined ? {} : { origin };
  return principal && { key, principal, conditions, grant, ...where, at: path };
}

function readPrincipal(
  kind: PrincipalKind,
  raw: RawPrincipal,
  home: Organization | undefined,
  path: Path,
  scope: PrincipalScope,
  reporter: Reporter,
): Principal | undefined {
  const { user, role, account, permissionSet, githubActions, oidc, saml } = raw;
  const { instanceProfile, podIdentity, service, rolesAnywhere } = raw;
  const accountOf = (name: string | undefined): Account | undefined =>
    name === undefined
      ? undefined
      : lookUp(reporter, [...path, "account"], "account", name, scope.accounts);
  if (user !== undefined) {
    return {
      kind: "user",
      account: accountOf(user.account),
      ...readEntity(user, "userName", "a user name", path, reporter),
      create: user.create ?? false,
    };
  }
  if (role !== undefined) {
    return {
      kind: "role",
      account: accountOf(role.account),
      ...readEntity(role, "roleName", "a role name", path, reporter),
    };
  }
  if (account !== undefined) return { kind: "account", account: accountOf(account.account) };
  if (permissionSet !== undefined) {
    return readPermissionSet(permissionSet, path, reporter, accountOf);
  }
  if (githubActions !== undefined) return readGithub(githubActions, path, scope, reporter);
  if (oidc !== undefined) return readOidc(oidc, path, scope, reporter);
  if (saml !== undefined) return readSaml(saml, path, scope, reporter);
  if (instanceProfile !== undefined) {
    const name = instanceProfile.name;
    if (name !== undefined) {
      checkIdentifier(reporter, [...path, "name"], "instanceProfileName", "a profile name", name);
    }
    return { kind: "instanceProfile", profileName: name };
  }
  if (podIdentity !== undefined) return readPodIdentity(podIdentity, path, reporter);
  if (service !== undefined) return readService(service, path, reporter);
  if (rolesAnywhere !== undefined) return readRolesAnywhere(rolesAnywhere, path, reporter);
  if (kind === "organizationalUnit") return readUnit(raw, home, path, scope, reporter);
  return readForeignAccount(raw, path, scope, reporter);
}
