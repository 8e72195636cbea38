import { listNames } from "../diagnostics/nearest";
import { issuerOf } from "../iam/arn";
import type { Account, Organization, WayIn } from "./account-map";
import type {
  GithubActionsPrincipal,
  OidcProvider,
  Principal,
  PrincipalKind,
  SamlProvider,
} from "./principal";
import type { RawGithubActions, RawPrincipal, RawValue } from "./raw-account-map";
import { readConditions, readGrant } from "./read-conditions";
import { checkIdentifier, listOf, lookUp } from "./reading";
import type { Reporter } from "./reporter";
import type { Path } from "./yaml-source";

/** What principals refer to. */
export interface PrincipalScope {
  readonly accounts: ReadonlyMap<string, Account>;
  readonly organizations: ReadonlyMap<string, Organization>;
  readonly providers: ReadonlyMap<string, OidcProvider | SamlProvider>;
}

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

/** GitHub's own OIDC provider (rule OI-03). */
const GITHUB: OidcProvider = {
  key: "github",
  kind: "oidc",
  url: "https://token.actions.githubusercontent.com",
  audiences: ["sts.amazonaws.com"],
  create: false,
};

/** Reads the ways into a role; `home` is the organization of the role, where it is known. */
export function readWaysIn(
  raw: Readonly<Record<string, RawPrincipal>> | undefined,
  home: Organization | undefined,
  path: Path,
  scope: PrincipalScope,
  reporter: Reporter,
): WayIn[] {
  const waysIn: WayIn[] = [];
  for (const [key, entry] of Object.entries(raw ?? {})) {
    const wayIn = readWayIn(key, entry, home, [...path, key], scope, reporter);
    if (wayIn !== undefined) waysIn.push(wayIn);
  }
  return waysIn.sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** Reads one way in: exactly one kind of principal, and its conditions. */
export function readWayIn(
  key: string,
  raw: RawPrincipal,
  home: Organization | undefined,
  path: Path,
  scope: PrincipalScope,
  reporter: Reporter,
): WayIn | undefined {
  const kinds = PRINCIPAL_KINDS.filter((kind) => raw[kind] !== undefined);
  const [kind, second] = kinds;
  if (kind === undefined || second !== undefined) {
    reporter.report(path, {
      rule: "principal-kind",
      atKey: true,
      message:
        kind === undefined
          ? `a way in needs one kind of principal: ${listNames(PRINCIPAL_KINDS, 20)}`
          : `a way in has one kind of principal, got ${listNames(kinds)}`,
      ...(kind === undefined
        ? {}
        : { help: "give each a key of its own, so that their conditions never mix" }),
    });
    return undefined;
  }
  const principal = readPrincipal(kind, raw, home, [...path, kind], scope, reporter);
  const conditions = readConditions(raw, kind, path, reporter);
  const grant = readGrant(raw, kind, path, reporter);
  if (kind === "foreignAccount" && conditions.externalIds.length === 0) {
    reporter.report(path, {
      rule: "foreign-external-id",
      atKey: true,
      message: "a foreign account enters only with an external id (ID-12)",
      help: "add `externalId:`; it keeps the vendor's other customers from using this role",
    });
  }
  return principal === undefined ? undefined : { key, principal, conditions, grant, at: path };
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
    checkNames(user.name, "userName", "a user name", path, reporter);
    checkPath(user.path, path, reporter);
    return {
      kind: "user",
      account: accountOf(user.account),
      names: listOf(user.name),
      path: user.path ?? "/",
      create: user.create ?? false,
    };
  }
  if (role !== undefined) {
    checkNames(role.name, "roleName", "a role name", path, reporter);
    checkPath(role.path, path, reporter);
    return {
      kind: "role",
      account: accountOf(role.account),
      names: listOf(role.name),
      path: role.path ?? "/",
    };
  }
  if (account !== undefined) return { kind: "account", account: accountOf(account.account) };
  if (permissionSet !== undefined)
    return readPermissionSet(permissionSet, path, reporter, accountOf);
  if (githubActions !== undefined) return readGithub(githubActions, path, scope, reporter);
  if (oidc !== undefined) return readOidc(oidc, path, scope, reporter);
  if (saml !== undefined) {
    const provider = providerOf("saml", saml.provider, path, scope, reporter);
    if (provider?.kind !== "saml") return undefined;
    const attributes = Object.entries(saml.attributes ?? {});
    return { kind: "saml", provider, attributes: new Map(attributes.map(valuesByName)) };
  }
  if (instanceProfile !== undefined) {
    const name = instanceProfile.name;
    if (name !== undefined) {
      checkIdentifier(reporter, [...path, "name"], "instanceProfileName", "a profile name", name);
    }
    return { kind: "instanceProfile", profileName: name };
  }
  if (podIdentity !== undefined) {
    return {
      kind: "podIdentity",
      clusterArn: podIdentity.cluster,
      namespace: podIdentity.namespace,
      serviceAccount: podIdentity.serviceAccount,
    };
  }
  if (service !== undefined) return readService(service, path, reporter);
  if (rolesAnywhere !== undefined) {
    return {
      kind: "rolesAnywhere",
      trustAnchorArn: rolesAnywhere.trustAnchor,
      commonNames: listOf(rolesAnywhere.commonName),
      organizationalUnits: listOf(rolesAnywhere.organizationalUnit),
    };
  }
  if (kind === "organizationalUnit") return readUnit(raw, home, path, scope, reporter);
  return readForeignAccount(raw, path, scope, reporter);
}

function readPermissionSet(
  raw: NonNullable<RawPrincipal["permissionSet"]>,
  path: Path,
  reporter: Reporter,
  accountOf: (name: string | undefined) => Account | undefined,
): Principal | undefined {
  const { name, namePattern } = raw;
  if ((name === undefined) === (namePattern === undefined)) {
    reporter.report(path, {
      rule: "missing-key",
      atKey: true,
      message: "a permission set is given by exactly one of `name` and `namePattern`",
    });
    return undefined;
  }
  if (name !== undefined) {
    checkIdentifier(
      reporter,
      [...path, "name"],
      "permissionSetName",
      "a permission set name",
      name,
    );
  }
  const pattern = name ?? namePattern ?? "";
  checkIdentifier(reporter, path, "permissionSetPattern", "a permission set name pattern", pattern);
  return { kind: "permissionSet", account: accountOf(raw.account), pattern };
}

function readGithub(
  raw: RawGithubActions,
  path: Path,
  scope: PrincipalScope,
  reporter: Reporter,
): GithubActionsPrincipal | undefined {
  const provider =
    raw.provider === undefined ? GITHUB : providerOf("oidc", raw.provider, path, scope, reporter);
  const [owner = "", repository = "", ...rest] = raw.repository.split("/");
  const wellFormed = /^[A-Za-z0-9-]+$/.test(owner) && /^[A-Za-z0-9._*-]+$/.test(repository);
  if (!wellFormed || rest.length > 0) {
    reporter.report([...path, "repository"], {
      rule: "OI-05",
      message: `a repository must be \`owner/name\` without a wildcard in the owner, got ${JSON.stringify(raw.repository)}`,
    });
  }
  const subject = raw.subject ?? "legacy";
  const branches = listOf(raw.branch);
  const tags = listOf(raw.tag);
  const environments = listOf(raw.environment);
  const pullRequest = raw.pullRequest ?? false;
  if (branches.length + tags.length + environments.length === 0 && !pullRequest) {
    reporter.report(path, {
      rule: "OI-05",
      atKey: true,
      message: "any run of the repository could enter, from every branch and pull request",
      help: "add `branch:`, `tag:`, `environment:` or `pullRequest: true`",
    });
  }
  const ids =
    raw.ownerId === undefined || raw.repositoryId === undefined
      ? undefined
      : { owner: raw.ownerId, repository: raw.repositoryId };
  if (subject !== "legacy" && ids === undefined) {
    reporter.report([...path, "subject"], {
      rule: "OI-08",
      message: `the \`${subject}\` form of the subject carries the ids of owner and repository`,
      help: "add `ownerId:` and `repositoryId:` as quoted strings",
    });
  }
  if (provider?.kind !== "oidc") return undefined;
  return {
    kind: "githubActions",
    owner,
    repository,
    branches,
    tags,
    environments,
    pullRequest,
    refs: listOf(raw.ref),
    subject,
    ...(ids === undefined ? {} : { ids }),
    provider,
  };
}

function readOidc(
  raw: NonNullable<RawPrincipal["oidc"]>,
  path: Path,
  scope: PrincipalScope,
  reporter: Reporter,
): Principal | undefined {
  const provider = providerOf("oidc", raw.provider, path, scope, reporter);
  if (provider?.kind !== "oidc") return undefined;
  const subjects = listOf(raw.subject);
  for (const [index, subject] of subjects.entries()) {
    if (/[^*?]/.test(subject)) continue;
    reporter.report([...path, "subject", ...(typeof raw.subject === "string" ? [] : [index])], {
      rule: "OI-04",
      message: `the subject ${JSON.stringify(subject)} lets in everybody whom ${issuerOf(provider.url)} knows`,
      help: "write the subject of the workload that is meant",
    });
  }
  const audiences = listOf(raw.audience);
  return {
    kind: "oidc",
    provider,
    subjects,
    audiences: audiences.length === 0 ? provider.audiences : audiences,
    claims: new Map(Object.entries(raw.claims ?? {}).map(valuesByName)),
  };
}

function readService(
  raw: NonNullable<RawPrincipal["service"]>,
  path: Path,
  reporter: Reporter,
): Principal {
  if (!/^[a-z0-9-]+(?:\.[a-z0-9-]+)*$/.test(raw.name)) {
    reporter.report([...path, "name"], {
      rule: "GR-08",
      message: `a service must be a name such as \`lambda\` or \`lambda.amazonaws.com\`, got ${JSON.stringify(raw.name)}`,
    });
  }
  return {
    kind: "service",
    service: raw.name,
    sourceArns: listOf(raw.sourceArn),
    sourceAccount: raw.sourceAccount ?? false,
  };
}

function readUnit(
  raw: RawPrincipal,
  home: Organization | undefined,
  path: Path,
  scope: PrincipalScope,
  reporter: Reporter,
): Principal | undefined {
  const unit = raw.organizationalUnit;
  if (unit === undefined) return undefined;
  const organization =
    unit.organization === undefined
      ? home
      : lookUp(
          reporter,
          [...path, "organization"],
          "organization",
          unit.organization,
          scope.organizations,
        );
  const rootId = organization?.rootId;
  if (organization === undefined || rootId === undefined) {
    reporter.report(path, {
      rule: "ID-04",
      atKey: true,
      message:
        organization === undefined
          ? "a principal of kind `organizationalUnit` needs an organization"
          : `the organization \`${organization.key}\` lacks its \`root\` id, which the path of a unit begins with`,
    });
    return undefined;
  }
  const orgPath = unitOrgPath(organization, rootId, unit.unit);
  if (orgPath === undefined) {
    reporter.report([...path, "unit"], {
      rule: "ID-04",
      message: `\`${unit.unit}\` and each unit above it need an id, known: ${listNames(organization.unitIds.keys())}`,
      help: `add the ids under \`organizations.${organization.key}.units\``,
    });
    return undefined;
  }
  const includeChildren = unit.includeChildren ?? true;
  return { kind: "organizationalUnit", organization, orgPath, includeChildren };
}

function unitOrgPath(organization: Organization, rootId: string, unit: string): string | undefined {
  const names = unit.split("/").filter((name) => name !== "");
  const ids = names.map((_, index) =>
    organization.unitIds.get(`/${names.slice(0, index + 1).join("/")}`),
  );
  if (ids.includes(undefined)) return undefined;
  return [organization.id, rootId, ...ids].map((id) => `${String(id)}/`).join("");
}

function readForeignAccount(
  raw: RawPrincipal,
  path: Path,
  scope: PrincipalScope,
  reporter: Reporter,
): Principal | undefined {
  const foreign = raw.foreignAccount;
  if (foreign === undefined) return undefined;
  const mapped = [...scope.accounts.values()].find((account) => account.id === foreign.id);
  if (mapped !== undefined) {
    reporter.report([...path, "id"], {
      rule: "foreign-account",
      message: `${foreign.id} is not foreign: it is the account \`${mapped.key}\` of this map`,
      help: `use \`account: {account: ${mapped.key}}\`, \`role:\` or \`user:\``,
    });
  }
  const { role, user } = foreign;
  if (role !== undefined && user !== undefined) {
    reporter.report(path, {
      rule: "principal-kind",
      atKey: true,
      message: "a foreign account is narrowed to a role or to a user, not to both",
    });
  }
  const name = role ?? user;
  return {
    kind: "foreignAccount",
    accountId: foreign.id,
    partition: foreign.partition,
    entity:
      name === undefined
        ? undefined
        : `${role === undefined ? "user" : "role"}/${name.replace(/^\//, "")}`,
    reason: foreign.reason,
  };
}

function providerOf(
  kind: "oidc" | "saml",
  name: string,
  path: Path,
  scope: PrincipalScope,
  reporter: Reporter,
): OidcProvider | SamlProvider | undefined {
  const at = [...path, "provider"];
  const provider = lookUp(reporter, at, "identity provider", name, scope.providers);
  if (provider === undefined || provider.kind === kind) return provider;
  reporter.report(at, {
    rule: "unknown-identity-provider",
    message: `the identity provider \`${name}\` is of kind \`${provider.kind}\`, not \`${kind}\``,
  });
  return undefined;
}

function checkNames(
  value: RawValue,
  kind: "userName" | "roleName",
  what: string,
  path: Path,
  reporter: Reporter,
): void {
  for (const [index, name] of listOf(value).entries()) {
    const at = [...path, "name", ...(typeof value === "string" ? [] : [index])];
    checkIdentifier(reporter, at, kind, what, name);
  }
}

function checkPath(value: string | undefined, path: Path, reporter: Reporter): void {
  if (value === undefined) return;
  checkIdentifier(reporter, [...path, "path"], "rolePath", "a path", value);
}

function valuesByName([name, value]: [string, RawValue]): [string, readonly string[]] {
  return [name, listOf(value)];
}
