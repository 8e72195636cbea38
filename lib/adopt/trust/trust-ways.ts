import { NO_ARN, parseArn } from "../../iam/arn";
import type { Account, Organization } from "../../account-map/model/account-map";
import { organizationPath } from "../../account-map/model/organization-path";
import { quoteText } from "../../diagnostics/quote";
import { matchesAction } from "../../iam/condition/action-match";
import { valuesOf } from "../../iam/policy-document";
import type { PolicyDocument, Statement } from "../../iam/policy-document";
import type { ExistingPrincipal, ExistingPrincipalBase, TrustScope } from "./existing-principal";
import { federatedWay } from "./federated-ways";
import { serviceWay } from "./service-ways";
import { readTrustConditions } from "./trust-conditions";
import type { TrustConditions } from "./trust-conditions";

/** Reads the principals of a role, or returns what of its trust policy the map can't express. */
export function trustWays(
  trust: PolicyDocument,
  scope: TrustScope,
): { readonly ways: readonly ExistingPrincipal[] } | { readonly problem: string } {
  const drafts: Draft[] = [];
  const additions: Draft[] = [];
  for (const statement of trust.Statement) {
    if (statement.Effect === "Deny") continue; // The proof tells whether it matters.
    if (statement.Principal === undefined || statement.Action === undefined) {
      const element = statement.Principal === undefined ? "NotPrincipal" : "NotAction";
      return { problem: `the map can't express \`${element}\` of its trust policy` };
    }
    const conditions = readTrustConditions(statement);
    if ("problem" in conditions) return conditions;
    const cores = coresOf(statement, conditions, scope);
    if ("problem" in cores) return cores;
    const enters = valuesOf(statement.Action).some((action) =>
      ASSUMING.some((each) => matchesAction(action, each)),
    );
    for (const core of cores) {
      (enters ? drafts : additions).push({ core, conditions, statement });
      if (enters && allows(statement, "sts:SetSourceIdentity"))
        additions.push({ core, conditions, statement });
    }
  }
  return { ways: oneProfile(drafts.map((draft) => wayOf(draft, additions))) };
}

/**
 * A principal for instances generates an instance profile, so only one of them can: the others name the
 * service.
 */
function oneProfile(ways: readonly ExistingPrincipal[]): ExistingPrincipal[] {
  const first = ways.findIndex(({ principal }) => "instanceProfile" in principal);
  return ways.map((way, index) =>
    "instanceProfile" in way.principal && index !== first
      ? { ...way, principal: { service: { name: "ec2" } } }
      : way,
  );
}

const ASSUMING = ["sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"];

interface Draft {
  readonly core: ExistingPrincipalBase;
  readonly conditions: TrustConditions;
  readonly statement: Statement;
}

function allows({ Action }: Statement, action: string): boolean {
  return valuesOf(Action).some((pattern) => matchesAction(pattern, action));
}

/** A principal with what its callers can also set: a source identity and session tags. */
function wayOf({ core, conditions }: Draft, additions: readonly Draft[]): ExistingPrincipal {
  // The service sets them itself, and the map makes both statements without a word.
  const own =
    "rolesAnywhere" in core.principal
      ? []
      : additions.filter(({ core: other }) => sameCore(core, other));
  const identity = own.find(({ statement }) => allows(statement, "sts:SetSourceIdentity"));
  const tagging = own.find(
    ({ statement, conditions: { tagKeys } }) =>
      tagKeys !== undefined && allows(statement, "sts:TagSession"),
  );
  const { written, externalIds, sourceIdentities } = conditions;
  const tags = (tagging?.conditions.tagKeys ?? []).map((key) => {
    const values = tagging?.conditions.requestTags[key];
    return [key, values === undefined ? {} : { values }] as const;
  });
  return {
    ...core,
    externalIds,
    conditions: {
      ...written,
      ...(identity === undefined
        ? {}
        : {
            sourceIdentity: {
              values: identity.conditions.sourceIdentities ?? ["*"],
              ...(sourceIdentities === undefined ? { required: false } : {}),
            },
          }),
      ...(tags.length === 0 ? {} : { sessionTags: Object.fromEntries(tags) }),
    },
  };
}

function sameCore(one: ExistingPrincipalBase, other: ExistingPrincipalBase): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

type Cores = readonly ExistingPrincipalBase[] | { readonly problem: string };

function coresOf(
  { Principal, Action }: Statement,
  conditions: TrustConditions,
  scope: TrustScope,
): Cores {
  if (Principal === undefined) return [];
  const { AWS, Service, Federated } = Principal === "*" ? { AWS: "*" } : Principal;
  const cores: ExistingPrincipalBase[] = [];
  const add = (
    core: ExistingPrincipalBase | readonly ExistingPrincipalBase[] | { readonly problem: string },
  ): string | undefined => {
    if ("problem" in core) return core.problem;
    if (Array.isArray(core)) cores.push(...(core as readonly ExistingPrincipalBase[]));
    else cores.push(core as ExistingPrincipalBase);
    return undefined;
  };
  for (const name of valuesOf(AWS)) {
    const problem = add(awsCores(name, conditions, scope));
    if (problem !== undefined) return { problem };
  }
  for (const name of valuesOf(Service)) {
    const problem = add(serviceWay(name, conditions, scope, valuesOf(Action)));
    if (problem !== undefined) return { problem };
  }
  for (const name of valuesOf(Federated)) {
    const problem = add(federatedWay(name, conditions, scope));
    if (problem !== undefined) return { problem };
  }
  return cores;
}

function awsCores(name: string, conditions: TrustConditions, scope: TrustScope): Cores {
  const [other] = Object.keys(conditions.others);
  if (other !== undefined) return { problem: `the map can't express ${other} of AWS principals` };
  const { pins, organizationPaths } = conditions;
  if (name === "*") {
    if (pins !== undefined) return allOf(pins, (pin) => pinned(pin, false, scope));
    if (organizationPaths !== undefined) {
      return allOf(organizationPaths, (path) => unitCore(path, scope));
    }
    return { problem: "its trust policy allows everyone, limited only by conditions" };
  }
  if (organizationPaths !== undefined) {
    return { problem: "the map can't name an account together with an OU" };
  }
  const account = /^(?:arn:[a-z-]+:iam::(?=\d{12}:root$))?(\d{12})(?::root)?$/.exec(name)?.[1];
  if (account === undefined) {
    const core = pinned(name, true, scope);
    if ("problem" in core) return core;
    return pins === undefined || pins.join() === name
      ? [core]
      : { problem: `its trust policy names ${name} and requires another aws:PrincipalArn` };
  }
  if (pins === undefined) return [accountCore(account, scope)];
  return allOf(
    pins.filter((pin) => parseArn(pin)?.accountId === account),
    (pin) => pinned(pin, false, scope),
  );
}

function allOf(
  values: readonly string[],
  coreOf: (value: string) => ExistingPrincipalBase | { readonly problem: string },
): Cores {
  const cores: ExistingPrincipalBase[] = [];
  for (const value of values) {
    const core = coreOf(value);
    if ("problem" in core) return core;
    cores.push(core);
  }
  return cores;
}

/** A user or role by its ARN. */
function pinned(
  arn: string,
  direct: boolean,
  scope: TrustScope,
): ExistingPrincipalBase | { readonly problem: string } {
  if (/^A(?:ROA|IDA)[A-Z0-9]+$/.test(arn)) {
    return { problem: `its trust policy names ${arn}: a deleted user or role (TR-12)` };
  }
  const { service, accountId = "", resource = "" } = parseArn(arn) ?? NO_ARN;
  const set = /^role\/aws-reserved\/sso\.amazonaws\.com.*\/AWSReservedSSO_(.+)_(?:\?{16}|\*)$/.exec(
    resource,
  )?.[1];
  const [, kind, full = ""] = /^(user|role)(\/.+)$/.exec(resource) ?? [];
  if (service !== "iam" || kind === undefined || (set === undefined && /[*?]/.test(arn))) {
    return { problem: `the map can't express the principal ${quoteText(arn)}` };
  }
  const cut = full.lastIndexOf("/") + 1;
  const [path, name] = [full.slice(0, cut), full.slice(cut)];
  const account = scope.accounts.get(accountId);
  if (account === undefined)
    return foreign(accountId, { [kind]: full.replace(/^\/([^/]+)$/, "$1") }, name);
  const own = account.id === scope.home.id ? {} : { account: account.key };
  if (set !== undefined) {
    const field = /[*?]/.test(set) ? "namePattern" : "name";
    return { words: set, principal: { permissionSet: { ...own, [field]: set } }, granted: true };
  }
  const principal = { [kind]: { ...own, name, ...(path === "/" ? {} : { path }) } };
  return {
    words: name,
    principal,
    granted: true,
    ...(kind === "role" ? { callerArn: arn, direct } : {}),
  };
}

function accountCore(accountId: string, scope: TrustScope): ExistingPrincipalBase {
  const account = scope.accounts.get(accountId);
  if (account === undefined) return foreign(accountId, {}, `account-${accountId}`);
  const own = account.id === scope.home.id ? {} : { account: account.key };
  return { words: `everybody-of-${account.key}`, principal: { account: own }, granted: true };
}

function foreign(
  id: string,
  entity: Readonly<Record<string, string>>,
  words: string,
): ExistingPrincipalBase {
  const reason = "found in the trust policy of the role when it was adopted";
  return { words, principal: { foreignAccount: { id, ...entity, reason } }, granted: true };
}

function unitCore(
  value: string,
  { map, home }: TrustScope,
): ExistingPrincipalBase | { readonly problem: string } {
  const path = value.replace(/\*$/, "");
  for (const organization of map.organizations.values()) {
    const unit = ["/", ...organization.unitIds.keys()].find(
      (each) => organizationPath(organization, each) === path,
    );
    if (unit !== undefined) return unitPrincipal(unit, organization, value !== path, home);
  }
  return { problem: `\`organizations\` in the map has no OU with the path ${quoteText(path)}` };
}

function unitPrincipal(
  unit: string,
  { key }: Organization,
  includeChildren: boolean,
  home: Account,
): ExistingPrincipalBase {
  const organization = home.organization?.key === key ? {} : { organization: key };
  const children = includeChildren ? {} : { includeChildren };
  const words = `unit${unit.replaceAll("/", "-")}`;
  return {
    words,
    principal: { organizationalUnit: { unit, ...organization, ...children } },
    granted: true,
  };
}
