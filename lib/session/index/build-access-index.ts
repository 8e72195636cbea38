import type { Account, PrincipalEntry } from "../../account-map/model/account-map";
import type { AccountIdentity, PrincipalConditions } from "../../account-map/model/principal";
import {
  locationOf,
  permissionSetArnPattern,
  roleArn,
  samlProviderArn,
  userArn,
} from "../../iam/arn";
import { valuesOf } from "../../iam/policy-document";
import type { Statement } from "../../iam/policy-document";
import { servicePrincipal } from "../../iam/services/service-principal";
import type { Edge, ResolvedAccess, RolePlan } from "../../plan/resolved-access";
import { githubSubjects } from "../../plan/role/trust-form";
import { INDEX_FORMAT, INDEX_VERSION } from "./access-index";
import type {
  AccessIndex,
  CarriedIdentity,
  CarriedTag,
  EntryConditions,
  EntrySource,
  IndexAccount,
  IndexEntry,
  IndexRole,
} from "./access-index";

/**
 * The access index of a plan.
 *
 * @param mapDigest SHA-256 of the account map that the plan was made from, hexadecimal
 */
export function buildAccessIndex(plan: ResolvedAccess, mapDigest: string): AccessIndex {
  const entries = new Map<RolePlan, IndexEntry[]>();
  for (const edge of plan.edges) {
    const list = entries.get(edge.to) ?? [];
    list.push(entryOf(edge));
    entries.set(edge.to, list);
  }
  return {
    format: INDEX_FORMAT,
    version: INDEX_VERSION,
    map: mapDigest,
    accounts: Object.fromEntries(
      plan.accounts.map(({ account }) => [account.key, indexAccount(account)]),
    ),
    roles: plan.accounts.flatMap(({ account, roles }) =>
      roles
        .map((role) => indexRole(role, account.key, entries.get(role) ?? []))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    ),
  };
}

/** The text of an index: one role a line, so that a change of access is a change of lines. */
export function accessIndexText(index: AccessIndex): string {
  const { accounts, roles, ...head } = index;
  const lines = (values: readonly string[]): string =>
    values.length === 0 ? "" : `\n${values.join(",\n")}\n`;
  const accountLines = Object.entries(accounts).map(
    ([key, account]) => `${JSON.stringify(key)}:${JSON.stringify(account)}`,
  );
  const roleLines = roles.map((role) => JSON.stringify(role));
  return `${JSON.stringify(head).slice(0, -1)},"accounts":{${lines(accountLines)}},"roles":[${lines(roleLines)}]}\n`;
}

function indexAccount({ id, partition, region, unit, tags, management }: Account): IndexAccount {
  return { id, partition, region, unit, tags, ...(management ? { management } : {}) };
}

function indexRole(role: RolePlan, account: string, entries: readonly IndexEntry[]): IndexRole {
  const { name, kind, arn, maxSessionSeconds, id } = role;
  const key = id.slice(id.indexOf("-") + 1).replace("__", "/");
  return { account, name, key, kind, arn, maxSessionSeconds, entries };
}

function entryOf({ from, externalIds, trust, toAccount }: Edge): IndexEntry {
  const statements = trust.flatMap(({ Sid }) => (Sid === undefined ? [] : [Sid]));
  const ids = externalIds.length === 0 ? {} : { externalIds };
  if (from.kind === "role") {
    const { role } = from;
    return {
      name: role.name,
      from: { kind: "role", arns: [role.arn] },
      statements,
      ...ids,
      ...carriedOn(trust),
    };
  }
  const { wayIn } = from;
  const { conditions, principal } = wayIn;
  const tags = declaredTags(wayIn, trust);
  const carried = declaredIdentity(wayIn);
  const limits = entryConditions(conditions);
  const { grant } = wayIn;
  return {
    name: wayIn.key,
    from: entrySource(wayIn, toAccount),
    statements,
    ...ids,
    ...(carried === undefined ? {} : { sourceIdentity: carried }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(Object.keys(limits).length === 0 ? {} : { conditions: limits }),
    ...(grant === "generate"
      ? {}
      : {
          permission: grant === "none" || principal.kind === "instanceProfile" ? "none" : "owner",
        }),
  };
}

/** What a role's session passes on: what its target's trust policy allows it to. */
function carriedOn(trust: readonly Statement[]): Pick<IndexEntry, "sourceIdentity" | "tags"> {
  const about = (action: string): Statement | undefined =>
    trust.find(({ Action }) => valuesOf(Action).includes(action));
  const keys = valuesOf(
    about("sts:TagSession")?.Condition?.["ForAllValues:StringEquals"]?.["aws:TagKeys"],
  );
  const from = { kind: "carried" } as const;
  return {
    ...(about("sts:SetSourceIdentity") === undefined
      ? {}
      : { sourceIdentity: { from, values: [], required: false } }),
    ...(keys.length === 0
      ? {}
      : { tags: keys.map((key) => ({ key, from, values: [], transitive: true })) }),
  };
}

function declaredIdentity({ conditions, principal }: PrincipalEntry): CarriedIdentity | undefined {
  const { sourceIdentity } = conditions;
  if (principal.kind === "rolesAnywhere") {
    return { from: { kind: "assertion" }, values: sourceIdentity?.values ?? [], required: false };
  }
  if (sourceIdentity === undefined) return undefined;
  const { values, required } = sourceIdentity;
  // SAML and OIDC providers put it into what they assert; an AssumeRole call passes it.
  const asserted = ["saml", "oidc", "githubActions"].includes(principal.kind);
  const [only, ...others] = values;
  const literal =
    only !== undefined && others.length === 0 && !/[*?]/.test(only) ? only : undefined;
  if (asserted) return { from: { kind: "assertion" }, values, required };
  return {
    from: literal === undefined ? { kind: "choice" } : { kind: "literal", value: literal },
    values,
    required,
  };
}

function declaredTags(
  { conditions, principal }: PrincipalEntry,
  trust: readonly Statement[],
): CarriedTag[] {
  if (principal.kind === "role") {
    // A role of the map passes on what its own sessions carry besides what it passes itself.
    const carried = carriedOn(trust).tags ?? [];
    const own = new Set(conditions.sessionTags.map(({ key }) => key));
    return [...tagsOf(conditions, "choice"), ...carried.filter(({ key }) => !own.has(key))];
  }
  const asserted = ["saml", "oidc", "githubActions"].includes(principal.kind);
  return tagsOf(conditions, asserted ? "assertion" : "choice");
}

function tagsOf({ sessionTags }: PrincipalConditions, from: "choice" | "assertion"): CarriedTag[] {
  return sessionTags.map(({ key, values, transitive }) => ({
    key,
    from: { kind: from },
    values,
    transitive,
  }));
}

function entryConditions(conditions: PrincipalConditions): EntryConditions {
  const { mfa, sourceIps, vpcEndpoints, notBefore, notAfter } = conditions;
  return {
    ...(mfa === undefined ? {} : { mfa }),
    ...(sourceIps.length === 0 ? {} : { sourceIps }),
    ...(vpcEndpoints.length === 0 ? {} : { vpcEndpoints }),
    ...(notBefore === undefined ? {} : { notBefore }),
    ...(notAfter === undefined ? {} : { notAfter }),
  };
}

function entrySource({ principal }: PrincipalEntry, home: AccountIdentity): EntrySource {
  switch (principal.kind) {
    case "user":
    case "role": {
      const location = locationOf(principal.account ?? home);
      const arnOf = principal.kind === "user" ? userArn : roleArn;
      return {
        kind: principal.kind,
        arns: principal.names.map((name) => arnOf(location, principal.path, name)),
      };
    }
    case "account":
      return { kind: "account", id: (principal.account ?? home).id };
    case "permissionSet": {
      const account = principal.account ?? home;
      const arn = permissionSetArnPattern(locationOf(account), principal.pattern);
      return { kind: "permissionSet", account: account.id, name: principal.pattern, arn };
    }
    case "organizationalUnit":
      return {
        kind: "organizationalUnit",
        path: `${principal.orgPath}${principal.includeChildren ? "*" : ""}`,
      };
    case "foreignAccount": {
      const { accountId, entity, partition = home.partition } = principal;
      if (entity === undefined) return { kind: "account", id: accountId };
      const kind = entity.startsWith("user/") ? "user" : "role";
      return { kind, arns: [`arn:${partition}:iam::${accountId}:${entity}`] };
    }
    case "githubActions": {
      const [audience] = principal.provider.audiences;
      return {
        kind: "webIdentity",
        issuer: principal.provider.url,
        subjects: githubSubjects(principal),
        ...(audience === undefined ? {} : { audience }),
      };
    }
    case "oidc": {
      const [audience] = principal.audiences;
      return {
        kind: "webIdentity",
        issuer: principal.provider.url,
        subjects: principal.subjects,
        ...(audience === undefined ? {} : { audience }),
      };
    }
    case "saml":
      return { kind: "saml", provider: samlProviderArn(locationOf(home), principal.provider.name) };
    case "instanceProfile":
      return { kind: "service", service: servicePrincipal("ec2", home.partition) };
    case "podIdentity":
      return { kind: "service", service: servicePrincipal("pods.eks", home.partition) };
    case "rolesAnywhere":
      return { kind: "service", service: servicePrincipal("rolesanywhere", home.partition) };
    case "service":
      return { kind: "service", service: servicePrincipal(principal.service, home.partition) };
  }
}
