import { ORGANIZATIONS_ROLE } from "../../iam/aws-made-roles";
import { quoteName, shorten } from "../../diagnostics/quote";
import type { AccountId, OrganizationId, Region } from "../../iam/identifier";
import { LIMITS } from "../../iam/limits";
import { isRegionOf, partitionOfRegion } from "../../iam/partition";
import type { Partition } from "../../iam/partition";
import type { Account, DeploymentRole, Organization } from "../model/account-map";
import type {
  RawAccount,
  RawAccountMap,
  RawDefaults,
  RawDeploymentRole,
  RawOrganization,
} from "./raw-account-map";
import { readParameterValues } from "./read-parameters";
import type { DeclaredParameters } from "./read-parameters";
import { checkIdentifier, lookUp, sortedEntries } from "./reading";
import type { Reporter } from "../../source/reporter";
import type { Path } from "../../source/source";
import { byKey } from "../../values/order";

/** Reads the organizations of a map. */
export function readOrganizations(
  raw: RawAccountMap,
  reporter: Reporter,
): Map<string, Organization> {
  const organizations = new Map<string, Organization>();
  const keyOfId = new Map<string, string>();
  for (const [key, organization] of Object.entries(raw.organizations ?? {})) {
    const path = ["organizations", key];
    organizations.set(key, readOrganization(key, organization, path, reporter));
    const twin = keyOfId.get(organization.id);
    if (twin !== undefined) {
      reporter.report([...path, "id"], {
        rule: "ID-02",
        message: `the organization ID ${shorten(organization.id, 40)} already belongs to \`${twin}\``,
        help: "give each organization its own ID, or merge the two entries",
        related: { path: ["organizations", twin, "id"], message: "first used here" },
      });
    } else keyOfId.set(organization.id, key);
  }
  return new Map([...organizations].sort(byKey));
}

function readOrganization(
  key: string,
  raw: RawOrganization,
  path: Path,
  reporter: Reporter,
): Organization {
  checkIdentifier(reporter, [...path, "id"], "organizationId", "an organization ID", raw.id);
  if (raw.root !== undefined) {
    checkIdentifier(reporter, [...path, "root"], "rootId", "a root ID", raw.root);
  }
  for (const [unit, id] of Object.entries(raw.units ?? {})) {
    const at = [...path, "units", unit];
    checkIdentifier(reporter, at, "organizationalUnitId", "an OU ID", id);
  }
  return {
    key,
    id: raw.id as OrganizationId,
    ...(raw.root === undefined ? {} : { rootId: raw.root }),
    unitIds: new Map(sortedEntries(raw.units)),
  };
}

/** Reads the accounts in a map, with its defaults filled in. */
export function readAccounts(
  raw: RawAccountMap,
  organizations: ReadonlyMap<string, Organization>,
  parameters: DeclaredParameters,
  reporter: Reporter,
): Map<string, Account> {
  const accounts = new Map<string, Account>();
  const keyOfId = new Map<string, string>();
  const managementOf = new Map<string, string>();
  const defaults = raw.defaults ?? {};
  for (const [key, rawAccount] of Object.entries(raw.accounts)) {
    const path = ["accounts", key];
    const scope = { defaults, organizations, parameters };
    // CDKTF looks its stacks up in a plain object, which has that name from the start.
    if (key in Object.prototype) {
      reporter.report(path, {
        rule: "key-name",
        atKey: true,
        message: `an account cannot have the key \`${key}\`: CDKTF does not accept it as a stack name`,
        help: `write \`${key}-account:\`, and the same wherever the account is named`,
      });
    }
    const account = readAccount(key, rawAccount, scope, path, reporter);
    accounts.set(key, account);
    const twin = keyOfId.get(account.id);
    if (twin !== undefined) {
      reporter.report([...path, "id"], {
        rule: "ID-01",
        message: `the account ID ${account.id} already belongs to \`${twin}\``,
        help: "give each account its own ID, or merge the two entries",
        related: { path: ["accounts", twin, "id"], message: "first used here" },
      });
    } else keyOfId.set(account.id, key);
    if (!account.management) continue;
    const organization = account.organization?.key ?? "";
    const other = managementOf.get(organization);
    if (other !== undefined) {
      reporter.report([...path, "management"], {
        rule: "management-account",
        message: `an organization has one management account, and \`${other}\` is it already`,
        related: { path: ["accounts", other, "management"], message: "first declared here" },
      });
    }
    managementOf.set(organization, key);
  }
  for (const account of accounts.values()) {
    for (const [index, hop] of (account.deploymentRole?.via ?? []).entries()) {
      const own = raw.accounts[account.key]?.deploymentRole !== undefined;
      const at = own ? account.at : ["defaults"];
      const path = [...at, "deploymentRole", "via", index, "account"];
      lookUp(reporter, path, "account", hop.accountKey, accounts);
    }
  }
  return accounts;
}

interface AccountScope {
  readonly defaults: RawDefaults;
  readonly organizations: ReadonlyMap<string, Organization>;
  readonly parameters: DeclaredParameters;
}

function readAccount(
  key: string,
  raw: RawAccount,
  { defaults, organizations, parameters }: AccountScope,
  path: Path,
  reporter: Reporter,
): Account {
  const organization = readMembership(raw, defaults, organizations, path, reporter);
  // Where a default does not fit what the account says itself, the account lacks a value of its own.
  const regionPath =
    raw.region !== undefined
      ? [...path, "region"]
      : raw.partition !== undefined
        ? [...path, "partition"]
        : ["defaults", "region"];
  const named = raw.region ?? defaults.region;
  const inferred = named === undefined ? undefined : partitionOfRegion(named);
  const partition: Partition = raw.partition ?? defaults.partition ?? inferred ?? "aws";
  const region = named ?? MAIN_REGION[partition];
  if (!isRegionOf(partition, region)) {
    reporter.report(regionPath, {
      rule: "PT-04",
      message: `the region ${quoteName(region)} is not in the partition \`${partition}\``,
      help: `write a region such as \`${MAIN_REGION[partition]}\`, or another \`partition:\``,
    });
  }
  for (const [tag, value] of Object.entries(raw.tags ?? {})) {
    checkIdentifier(reporter, [...path, "tags", tag], "tagKey", "a tag key", tag, true);
    checkIdentifier(reporter, [...path, "tags", tag], "tagValue", "a tag value", value);
  }
  const rawRole = raw.deploymentRole ?? defaults.deploymentRole ?? ORGANIZATIONS_ROLE;
  const rolePath = raw.deploymentRole === undefined ? ["defaults"] : path;
  const deploymentRole = readDeploymentRole(rawRole, [...rolePath, "deploymentRole"], reporter);
  return {
    key,
    id: raw.id as AccountId,
    name: raw.name ?? key,
    ...(organization === undefined ? {} : { organization }),
    unit: raw.unit ?? "/",
    management: raw.management ?? false,
    leaving: raw.state === "leaving",
    tags: raw.tags ?? {},
    region: region as Region,
    ...(raw.region === undefined && defaults.region !== undefined ? { regionAt: regionPath } : {}),
    partition,
    ...(deploymentRole === undefined ? {} : { deploymentRole }),
    trustPolicyQuota: raw.trustPolicyQuota ?? defaults.trustPolicyQuota ?? LIMITS.trustPolicySize,
    managedPoliciesQuota:
      raw.managedPoliciesQuota ?? defaults.managedPoliciesQuota ?? LIMITS.managedPoliciesPerRole,
    parameters: readParameterValues(raw.parameters, [...path, "parameters"], parameters, reporter),
    at: path,
  };
}

/** The region that stands for a partition where none is named. */
const MAIN_REGION: Readonly<Record<Partition, string>> = {
  aws: "us-east-1",
  "aws-cn": "cn-north-1",
  "aws-us-gov": "us-gov-west-1",
  "aws-iso": "us-iso-east-1",
  "aws-iso-b": "us-isob-east-1",
  "aws-iso-e": "eu-isoe-west-1",
  "aws-iso-f": "us-isof-south-1",
  "aws-eusc": "eusc-de-east-1",
};

function readMembership(
  raw: RawAccount,
  defaults: RawDefaults,
  organizations: ReadonlyMap<string, Organization>,
  path: Path,
  reporter: Reporter,
): Organization | undefined {
  const name = raw.organization ?? defaults.organization;
  const at =
    raw.organization === undefined ? ["defaults", "organization"] : [...path, "organization"];
  if (name === "none") return undefined;
  if (name !== undefined) return lookUp(reporter, at, "organization", name, organizations);
  if (organizations.size <= 1) return [...organizations.values()][0];
  reporter.report(path, {
    rule: "missing-key",
    atKey: true,
    message: `the account \`${path.at(-1) ?? ""}\` must name its organization, because the map has several`,
    help: `add \`organization: ${[...organizations.keys()].sort().join("` or `organization: ")}\`, or \`defaults.organization\``,
  });
  return undefined;
}

function readDeploymentRole(
  raw: RawDeploymentRole,
  path: Path,
  reporter: Reporter,
): DeploymentRole | undefined {
  if (raw === "none") return undefined;
  const role = typeof raw === "string" ? { role: raw } : raw;
  const via = role.via ?? [];
  checkHop(role, path, typeof raw === "string" ? path : [...path, "role"], reporter);
  for (const [index, hop] of via.entries()) {
    const at = [...path, "via", index];
    checkHop(hop, at, [...at, "role"], reporter);
  }
  return {
    roleName: role.role,
    path: role.path ?? "/",
    ...(role.externalId === undefined ? {} : { externalId: role.externalId }),
    via: via.map((hop) => ({
      accountKey: hop.account,
      roleName: hop.role,
      path: hop.path ?? "/",
      ...(hop.externalId === undefined ? {} : { externalId: hop.externalId }),
    })),
  };
}

function checkHop(
  hop: { readonly role: string; readonly path?: string; readonly externalId?: string },
  path: Path,
  namePath: Path,
  reporter: Reporter,
): void {
  checkIdentifier(reporter, namePath, "roleName", "a role name", hop.role);
  if (hop.path !== undefined) {
    checkIdentifier(reporter, [...path, "path"], "rolePath", "a role path", hop.path);
  }
  if (hop.externalId !== undefined) {
    const at = [...path, "externalId"];
    checkIdentifier(reporter, at, "externalId", "an external ID", hop.externalId);
  }
}
