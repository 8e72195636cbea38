import { hasErrors, sortDiagnostics } from "../../diagnostics/diagnostic";
import type { Diagnostic } from "../../diagnostics/diagnostic";
import { IDENTIFIER_RULES } from "../../iam/identifier";
import type {
  Account,
  AccountMap,
  ExternalIds,
  Hub,
  Spoke,
  StateBackend,
} from "../model/account-map";

import type { RawAccountMap, RawHub, RawSpoke, RawState } from "./raw-account-map";
import { readAssertions } from "./read-assertions";
import { readAccounts, readOrganizations } from "./read-accounts";
import { checkFormerly } from "./formerly";
import { readChain } from "./read-chain";
import type { ChainScope } from "./read-chain";
import { readCallOrigin } from "./read-call-origin";
import { readProviderVersion } from "./read-terraform";
import { readControlPolicies } from "./read-control-policies";
import { readParameters } from "./read-parameters";
import { readPipeline } from "./read-pipeline";
import { readProviders } from "./read-providers";
import { readReview } from "./read-review";
import { readWaysIn } from "./read-principal";
import { readBoundary, readRole, readTags } from "./read-role";
import { listOf, lookUp, sortedEntries } from "./reading";
import { Reporter } from "../../source/reporter";
import { checkSchema } from "../schema/schema";
import { selectAccounts } from "./read-selection";
import { readablePart } from "./readable-part";
import { readYaml } from "../../source/yaml/yaml-source";
import type { YamlSource } from "../../source/yaml/yaml-source";
import { byKey, byTextOf } from "../../values/order";

/** The texts that an account map is read from. */
export interface AccountMapInput {
  /** The map's file as the user named it. */
  readonly file: string;
  readonly text: string;
  /** Names of the documents in `policies/`, which the map may refer to. */
  readonly documents: ReadonlyMap<string, unknown>;
  /** The text of a file that the map names, such as SAML metadata, or `undefined` if it cannot be read. */
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
 * an entry that does not fit the schema is not looked at any further, nor what refers to it, so that
 * one mistake is reported once.
 */
export function readAccountMap(input: AccountMapInput): AccountMapResult {
  const { source, diagnostics } = readYaml(input.file, input.text);
  if (source === undefined) return { diagnostics: sortDiagnostics(diagnostics) };
  const reporter = new Reporter(source);
  const misfits = checkSchema(source, reporter);
  const part = readablePart(source.value as RawAccountMap, misfits, reporter.unread);
  const map = part === undefined ? undefined : resolve(part, input, reporter);
  const findings = sortDiagnostics([...diagnostics, ...reporter.diagnostics]);
  return map === undefined || hasErrors(findings)
    ? { source, diagnostics: findings }
    : { map, source, diagnostics: findings };
}

function resolve(raw: RawAccountMap, input: AccountMapInput, reporter: Reporter): AccountMap {
  const organizations = readOrganizations(raw, reporter);
  const parameters = readParameters(raw.parameters, reporter);
  const accounts = readAccounts(raw, organizations, parameters, reporter);
  const controlPolicies = sortedEntries(raw.organizations).flatMap(([key, organization]) => {
    const owner = organizations.get(key);
    if (owner === undefined || organization.controlPolicies === undefined) return [];
    const { controlPolicies: own } = organization;
    const read = readControlPolicies(own, owner, accounts, input.documents, reporter);
    return [[key, read] as const];
  });
  const providers = readProviders(raw, input.readFile, reporter);
  const accountKeys = new Map([...accounts.values()].map(({ id, key }) => [id as string, key]));
  const originPath = ["defaults", "calledFrom"];
  const origin = readCallOrigin(raw.defaults?.calledFrom, originPath, reporter);
  const principals = { accounts, accountKeys, organizations, providers, origin };
  const roles = { defaults: raw.defaults ?? {}, documents: input.documents, parameters };

  checkFormerly("hubs", raw.hubs ?? {}, reporter);
  checkFormerly("spokes", raw.spokes ?? {}, reporter);
  checkFormerly("chains", raw.chains ?? {}, reporter);
  const hubs = new Map<string, Hub>();
  for (const [key, hub] of sortedEntries(raw.hubs)) {
    const read = readHub(key, hub, { ...principals, ...roles }, reporter);
    if (read === undefined) reporter.unread.add("hubs", key);
    else hubs.set(key, read);
  }
  const spokes = new Map<string, Spoke>();
  for (const [key, spoke] of sortedEntries(raw.spokes)) {
    spokes.set(key, readSpoke(key, spoke, hubs, { ...principals, ...roles }, reporter));
  }
  const scope: ChainScope = { ...principals, ...roles, hubs, spokes };
  const pipeline = readPipeline(raw.pipeline, scope, reporter);
  const providerVersion = readProviderVersion(raw.terraform, reporter);
  const chains = sortedEntries(raw.chains).flatMap(([key, chain]) => {
    const read = readChain(key, chain, scope, reporter);
    if (read === undefined) reporter.unread.add("chains", key);
    return read === undefined ? [] : [[key, read] as const];
  });
  const defaultBoundary = readBoundary(
    raw.defaults?.permissionsBoundary,
    ["defaults", "permissionsBoundary"],
    input,
    reporter,
  );
  return {
    organizations,
    accounts: new Map([...accounts].sort(byKey)),
    hubs,
    spokes,
    chains: new Map(chains),
    tags: readTags(raw.tags, ["tags"], reporter),
    requiredTags: raw.requiredTags ?? [],
    policyPath: readPolicyPath(raw.defaults?.rolePath),
    ...(defaultBoundary === undefined ? {} : { defaultBoundary }),
    parameters,
    state: readState(raw.state),
    ...(providerVersion === undefined ? {} : { providerVersion }),
    ...(pipeline === undefined ? {} : { pipeline }),
    acknowledgements: (raw.acknowledgements ?? []).map(({ at, ...acknowledgement }, index) => ({
      ...acknowledgement,
      place: at.split("."),
      at: ["acknowledgements", index],
    })),
    assertions: readAssertions(
      raw.assertions,
      { accounts, hubs, spokes, chains: new Map(chains) },
      reporter,
    ),
    controlPolicies: new Map(controlPolicies),
    ...(origin === undefined ? {} : { origin }),
    reviewRules: readReview(raw.review, accounts, reporter),
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
  scope: RoleReadingScope,
  reporter: Reporter,
): Spoke {
  const path = ["spokes", key];
  const settings = readRole(key, raw, path, scope, reporter);
  const accounts = selectAccounts(raw.accounts, scope.accounts, [...path, "accounts"], reporter);
  const entering: Hub[] = [];
  for (const [index, name] of (raw.hubs ?? []).entries()) {
    const hub = lookUp(reporter, [...path, "hubs", index], "hub", name, hubs);
    if (hub !== undefined) entering.push(hub);
  }
  const home = accounts[0]?.organization;
  return {
    ...settings,
    hubs: entering.sort(byTextOf(({ key }) => key)),
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
  for (const [key, value] of sortedEntries(externalId.accounts)) {
    lookUp(reporter, [...path, "externalId", "accounts", key], "account", key, accounts, true);
    byAccount.set(key, listOf(value));
  }
  return { default: listOf(externalId.default), byAccount };
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
