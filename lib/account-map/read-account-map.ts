import { hasErrors, sortDiagnostics } from "../diagnostics/diagnostic";
import type { Diagnostic } from "../diagnostics/diagnostic";
import { IDENTIFIER_RULES } from "../iam/identifier";
import type {
  Account,
  AccountMap,
  ExternalIds,
  Hub,
  ParameterDeclaration,
  Spoke,
  StateBackend,
} from "./account-map";

import type { RawAccountMap, RawHub, RawSpoke, RawState } from "./raw-account-map";
import { readAccounts, readOrganizations } from "./read-accounts";
import { readChain } from "./read-chain";
import type { ChainScope } from "./read-chain";
import { readProviders } from "./read-providers";
import { readWaysIn } from "./read-principal";
import { readRole, readTags } from "./read-role";
import { listOf, lookUp } from "./reading";
import { Reporter } from "./reporter";
import { checkSchema } from "./schema";
import { selectAccounts } from "./selection";
import { readYaml } from "./yaml-source";
import type { YamlSource } from "./yaml-source";

/** The texts that an account map is read from. */
export interface AccountMapInput {
  /** The map's file as the user named it. */
  readonly file: string;
  readonly text: string;
  /** Names of the documents in `policies/`, which the map may refer to. */
  readonly documents: ReadonlyMap<string, unknown>;
  /** The text of a file that the map names, such as SAML metadata, or `undefined` where it cannot be read. */
  readonly readFile: (path: string) => string | undefined;
}

/** A map as far as it could be read. */
export interface AccountMapResult {
  /** @default - the findings hold an error */
  readonly map?: AccountMap;
  /** @default - the file is not YAML */
  readonly source?: YamlSource;
  /** Sorted. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads an account map: YAML, its JSON Schema, identifiers and references. All findings come at once;
 * those about references only when the file fits the schema, so that one mistake is reported once.
 */
export function readAccountMap(input: AccountMapInput): AccountMapResult {
  const { source, diagnostics } = readYaml(input.file, input.text);
  if (source === undefined) return { diagnostics: sortDiagnostics(diagnostics) };
  const reporter = new Reporter(source);
  checkSchema(source, reporter);
  if (hasErrors(reporter.diagnostics)) {
    return { source, diagnostics: sortDiagnostics(reporter.diagnostics) };
  }
  const map = resolve(source.value as RawAccountMap, input, reporter);
  const findings = sortDiagnostics(reporter.diagnostics);
  return hasErrors(findings)
    ? { source, diagnostics: findings }
    : { map, source, diagnostics: findings };
}

function resolve(raw: RawAccountMap, input: AccountMapInput, reporter: Reporter): AccountMap {
  const organizations = readOrganizations(raw, reporter);
  const accounts = readAccounts(raw, organizations, reporter);
  const parameters = new Map(Object.entries(raw.parameters ?? {}).map(readParameter));
  const providers = readProviders(raw, input.readFile, reporter);
  const principals = { accounts, organizations, providers };
  const roles = { defaults: raw.defaults ?? {}, documents: input.documents };

  const hubs = new Map<string, Hub>();
  for (const [key, hub] of sortedEntries(raw.hubs)) {
    const read = readHub(key, hub, { ...principals, ...roles }, reporter);
    if (read !== undefined) hubs.set(key, read);
  }
  const spokes = new Map<string, Spoke>();
  const hubKeys = new Set(Object.keys(raw.hubs ?? {}));
  for (const [key, spoke] of sortedEntries(raw.spokes)) {
    spokes.set(key, readSpoke(key, spoke, hubs, hubKeys, { ...principals, ...roles }, reporter));
  }
  const scope: ChainScope = { ...principals, ...roles, hubs, spokes };
  const chains = sortedEntries(raw.chains).flatMap(([key, chain]) => {
    const read = readChain(key, chain, scope, reporter);
    return read === undefined ? [] : [[key, read] as const];
  });
  return {
    organizations,
    accounts: new Map([...accounts].sort(([a], [b]) => (a < b ? -1 : 1))),
    hubs,
    spokes,
    chains: new Map(chains),
    tags: readTags(raw.tags, ["tags"], reporter),
    requiredTags: raw.requiredTags ?? [],
    policyPath: readPolicyPath(raw.defaults?.rolePath),
    parameters,
    state: readState(raw.state),
    acknowledgements: (raw.acknowledgements ?? []).map(({ at, ...acknowledgement }, index) => ({
      ...acknowledgement,
      place: at.split("."),
      at: ["acknowledgements", index],
    })),
  };
}

type RoleReadingScope = Omit<ChainScope, "hubs" | "spokes">;

function readHub(
  key: string,
  raw: RawHub,
  scope: RoleReadingScope,
  reporter: Reporter,
): Hub | undefined {
  const path = ["hubs", key];
  const account = lookUp(reporter, [...path, "account"], "account", raw.account, scope.accounts);
  const settings = readRole(key, raw, path, scope, reporter);
  const home = account?.organization;
  const principals = readWaysIn(raw.principals, home, [...path, "principals"], scope, reporter);
  if (account === undefined) return undefined;
  return {
    ...settings,
    account,
    principals,
    reach: raw.reach ?? "spokes",
    trustMode: raw.trustMode ?? "account",
    ...(raw.formerly === undefined ? {} : { formerly: raw.formerly }),
  };
}

function readSpoke(
  key: string,
  raw: RawSpoke,
  hubs: ReadonlyMap<string, Hub>,
  hubKeys: ReadonlySet<string>,
  scope: RoleReadingScope,
  reporter: Reporter,
): Spoke {
  const path = ["spokes", key];
  const settings = readRole(key, raw, path, scope, reporter);
  const accounts = selectAccounts(raw.accounts, scope.accounts, [...path, "accounts"], reporter);
  const entering: Hub[] = [];
  for (const [index, name] of (raw.hubs ?? []).entries()) {
    // A hub that stands in the map but could not be read has its own finding.
    if (hubKeys.has(name) && !hubs.has(name)) continue;
    const hub = lookUp(reporter, [...path, "hubs", index], "hub", name, hubs);
    if (hub !== undefined) entering.push(hub);
  }
  const home = accounts[0]?.organization;
  return {
    ...settings,
    hubs: entering.sort((a, b) => (a.key < b.key ? -1 : 1)),
    principals: readWaysIn(raw.principals, home, [...path, "principals"], scope, reporter),
    accounts,
    externalIds: readExternalIds(raw, scope.accounts, path, reporter),
    readOnly: raw.access === "read-only",
    ...(raw.formerly === undefined ? {} : { formerly: raw.formerly }),
  };
}

function readExternalIds(
  raw: RawSpoke,
  accounts: ReadonlyMap<string, Account>,
  path: readonly string[],
  reporter: Reporter,
): ExternalIds {
  const { externalId } = raw;
  if (externalId === undefined || typeof externalId === "string" || Array.isArray(externalId)) {
    return { default: listOf(externalId), byAccount: new Map() };
  }
  const byAccount = new Map<string, readonly string[]>();
  for (const [key, value] of Object.entries(externalId.accounts)) {
    lookUp(reporter, [...path, "externalId", "accounts", key], "account", key, accounts);
    byAccount.set(key, listOf(value));
  }
  return { default: listOf(externalId.default), byAccount };
}

function readParameter([name, raw]: [string, NonNullable<RawAccountMap["parameters"]>[string]]): [
  string,
  ParameterDeclaration,
] {
  const at = ["parameters", name, "default"];
  return [
    name,
    {
      type: raw.type,
      ...(raw.default === undefined ? {} : { default: { value: raw.default, at } }),
    },
  ];
}

function readPolicyPath(rolePath: string | undefined): string {
  return rolePath !== undefined && IDENTIFIER_RULES.policyPath.pattern.test(rolePath)
    ? rolePath
    : "/";
}

function readState(raw: RawState | undefined): StateBackend {
  if (raw?.s3 !== undefined) {
    const { bucket, region, prefix = "trustwheel", kmsKey } = raw.s3;
    return { kind: "s3", bucket, region, prefix, ...(kmsKey === undefined ? {} : { kmsKey }) };
  }
  if (raw?.hcp !== undefined) {
    const { organization, project } = raw.hcp;
    return {
      kind: "hcp",
      organization,
      hostname: raw.hcp.hostname ?? "app.terraform.io",
      workspacePrefix: raw.hcp.workspacePrefix ?? "trustwheel-",
      ...(project === undefined ? {} : { project }),
    };
  }
  return { kind: "local", folder: raw?.local?.folder ?? "state" };
}

/** Entries in the order of their keys, so that the order in the file changes nothing. */
function sortedEntries<T>(record: Readonly<Record<string, T>> | undefined): [string, T][] {
  return Object.entries(record ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
}
