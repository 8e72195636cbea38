import type { WayIn } from "../account-map/account-map";
import type {
  AccountIdentity,
  GithubActionsPrincipal,
  PrincipalConditions,
} from "../account-map/principal";
import { issuerOf } from "../iam/arn";
import { samlAudience } from "../iam/partition";
import type { PolicyDocument, Statement } from "../iam/policy-document";
import { policyDocument } from "../iam/policy-document";
import { servicePrincipal } from "../iam/service-principal";
import type { AccessPlan, Edge } from "../plan/access-plan";
import type { SessionContext } from "../plan/session-context";
import { carriedContext, mappedCallers } from "./carried-context";

/** Operator and key to values: what a request must show. */
type Requirement = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** A set of callers: what the statement names, the call that it is about, and what binds it. */
interface Callers {
  readonly principal: NonNullable<Statement["Principal"]>;
  readonly action: string;
  readonly binding: Requirement;
}

/**
 * What the map declares for each role, as a trust policy: the yardstick that the synthesized one is held
 * against. Written from the map's edges and without the code that generates trust policies, so that a
 * mistake there is not made twice. A caller of a mapped account is let in as long as its account is in the
 * organization that the map says.
 */
export function declaredTrust(plan: AccessPlan): ReadonlyMap<string, PolicyDocument> {
  const statements = new Map<string, Statement[]>();
  for (const { roles } of plan.accounts) {
    for (const role of roles) statements.set(role.arn, []);
  }
  const carried = carriedContext(plan);
  for (const edge of plan.edges) {
    statements.get(edge.to.arn)?.push(...declaredByEdge(edge, carried, statements));
  }
  return new Map([...statements].map(([arn, list]) => [arn, policyDocument(list)]));
}

type CarriedContext = ReturnType<typeof carriedContext>;

function declaredByEdge(
  edge: Edge,
  carried: CarriedContext,
  made: ReadonlyMap<string, unknown>,
): Statement[] {
  if (edge.from.kind === "role") return declaredForRole(edge, carried);
  const { wayIn } = edge.from;
  const callers = callersOf(wayIn, edge.toAccount);
  const { conditions, principal } = wayIn;
  const session = sessionRequirement({ ...conditions, externalIds: edge.externalIds });
  const enter = networks(conditions).map((network) =>
    allow(callers, callers.action, merge(callers.binding, session, network)),
  );
  const identity = conditions.sourceIdentity;
  const anywhere = principal.kind === "rolesAnywhere";
  return [
    ...enter,
    ...(identity === undefined && !anywhere
      ? []
      : [
          allow(
            callers,
            "sts:SetSourceIdentity",
            merge(callers.binding, matching("sts:SourceIdentity", identity?.values ?? [])),
          ),
        ]),
    ...declaredTagging(wayIn, callers),
    ...mappedCallers(edge)
      .filter((arn) => made.has(arn))
      .flatMap((arn) => {
        const binding = { ...callers.binding, ...exactly("aws:PrincipalArn", [arn]) };
        return passedOn({ ...callers, binding }, carried.get(arn));
      }),
  ];
}

function declaredTagging({ principal, conditions }: WayIn, callers: Callers): Statement[] {
  if (principal.kind === "podIdentity" || principal.kind === "rolesAnywhere") {
    return [allow(callers, "sts:TagSession", callers.binding)];
  }
  const { sessionTags } = conditions;
  if (sessionTags.length === 0) return [];
  const values = sessionTags.map((tag) => matching(`aws:RequestTag/${tag.key}`, tag.values));
  const keys = {
    "ForAllValues:StringEquals": { "aws:TagKeys": sessionTags.map((tag) => tag.key) },
  };
  return [allow(callers, "sts:TagSession", merge(callers.binding, keys, ...values))];
}

/** A role of the map enters: its sessions, with one of the external ids, and what they carry. */
function declaredForRole({ from, externalIds }: Edge, carried: CarriedContext): Statement[] {
  if (from.kind !== "role") return [];
  const { role, account, trustMode } = from;
  const callers: Callers = {
    principal: { AWS: trustMode === "roleArn" ? role.arn : rootOf(account) },
    action: "sts:AssumeRole",
    binding: merge(exactly("aws:PrincipalArn", [role.arn]), inOrganization(account)),
  };
  const external = equal("sts:ExternalId", externalIds);
  return [
    allow(callers, "sts:AssumeRole", merge(callers.binding, external)),
    ...passedOn(callers, carried.get(role.arn)),
  ];
}

/** What a role's sessions carry, they may pass on. */
function passedOn(callers: Callers, carries: SessionContext | undefined): Statement[] {
  const { sourceIdentity = false, transitiveTags = [] } = carries ?? {};
  const tags = { "ForAllValues:StringEquals": { "aws:TagKeys": transitiveTags } };
  return [
    ...(sourceIdentity ? [allow(callers, "sts:SetSourceIdentity", callers.binding)] : []),
    ...(transitiveTags.length === 0
      ? []
      : [allow(callers, "sts:TagSession", merge(callers.binding, tags))]),
  ];
}

function callersOf({ principal }: WayIn, home: AccountIdentity): Callers {
  const ofAccount = (account: AccountIdentity, binding: Requirement): Callers => ({
    principal: { AWS: rootOf(account) },
    action: "sts:AssumeRole",
    binding,
  });
  const ofMapped = (account: AccountIdentity, binding: Requirement): Callers =>
    ofAccount(account, merge(binding, inOrganization(account)));
  const ofService = (service: string, binding: Requirement): Callers => ({
    principal: { Service: servicePrincipal(service, home.partition) },
    action: "sts:AssumeRole",
    binding,
  });
  const iam = (account: AccountIdentity, resource: string): string =>
    `arn:${account.partition}:iam::${account.id}:${resource}`;
  switch (principal.kind) {
    case "user":
    case "role": {
      const account = principal.account ?? home;
      const arns = principal.names.map((name) =>
        iam(account, `${principal.kind}${principal.path}${name}`),
      );
      return ofMapped(account, exactly("aws:PrincipalArn", arns));
    }
    case "account":
      return ofMapped(principal.account ?? home, {});
    case "permissionSet": {
      const account = principal.account ?? home;
      const reserved = "role/aws-reserved/sso.amazonaws.com*/AWSReservedSSO";
      const arn = iam(account, `${reserved}_${principal.pattern}_????????????????`);
      return ofMapped(account, { ArnLike: { "aws:PrincipalArn": [arn] } });
    }
    case "organizationalUnit":
      return {
        principal: { AWS: "*" },
        action: "sts:AssumeRole",
        binding: {
          StringEquals: { "aws:PrincipalOrgID": [principal.organization.id] },
          "ForAnyValue:StringLike": {
            "aws:PrincipalOrgPaths": [
              `${principal.orgPath}${principal.includeChildren ? "*" : ""}`,
            ],
          },
        },
      };
    case "foreignAccount": {
      const account = {
        id: principal.accountId,
        partition: principal.partition ?? home.partition,
      };
      const { entity } = principal;
      return ofAccount(
        account,
        entity === undefined ? {} : exactly("aws:PrincipalArn", [iam(account, entity)]),
      );
    }
    case "githubActions": {
      const issuer = issuerOf(principal.provider.url);
      return {
        principal: { Federated: iam(home, `oidc-provider/${issuer}`) },
        action: "sts:AssumeRoleWithWebIdentity",
        binding: merge(
          matching(`${issuer}:sub`, subjectsOf(principal)),
          matching(`${issuer}:aud`, principal.provider.audiences),
          matching(`${issuer}:ref`, principal.refs),
        ),
      };
    }
    case "oidc": {
      const issuer = issuerOf(principal.provider.url);
      const claims = [...principal.claims].map(([claim, values]) =>
        matching(`${issuer}:${claim}`, values),
      );
      return {
        principal: { Federated: iam(home, `oidc-provider/${issuer}`) },
        action: "sts:AssumeRoleWithWebIdentity",
        binding: merge(
          matching(`${issuer}:sub`, principal.subjects),
          { StringEquals: { [`${issuer}:aud`]: principal.audiences } },
          ...claims,
        ),
      };
    }
    case "saml": {
      const audience = samlAudience(home.partition);
      const attributes = [...principal.attributes].map(([key, values]) => matching(key, values));
      return {
        principal: { Federated: iam(home, `saml-provider/${principal.provider.name}`) },
        action: "sts:AssumeRoleWithSAML",
        binding: merge(
          matching("SAML:aud", audience === undefined ? [] : [audience]),
          ...attributes,
        ),
      };
    }
    case "instanceProfile":
      return ofService("ec2", {});
    case "podIdentity":
      return ofService(
        "pods.eks",
        merge(
          tagged("eks-cluster-arn", principal.clusterArn),
          tagged("kubernetes-namespace", principal.namespace),
          tagged("kubernetes-service-account", principal.serviceAccount),
        ),
      );
    case "service":
      return ofService(
        principal.service,
        merge(
          principal.sourceArns.length === 0
            ? {}
            : { ArnLike: { "aws:SourceArn": principal.sourceArns } },
          principal.sourceAccount ? { StringEquals: { "aws:SourceAccount": [home.id] } } : {},
        ),
      );
    case "rolesAnywhere":
      return ofService(
        "rolesanywhere",
        merge(
          exactly("aws:SourceArn", [principal.trustAnchorArn]),
          matching("aws:PrincipalTag/x509Subject/CN", principal.commonNames),
          matching("aws:PrincipalTag/x509Subject/OU", principal.organizationalUnits),
        ),
      );
  }
}

function subjectsOf({
  owner,
  repository,
  ids,
  subject,
  ...runs
}: GithubActionsPrincipal): string[] {
  const names = [
    ...(subject === "immutable" ? [] : [`${owner}/${repository}`]),
    ...(subject === "legacy" || ids === undefined
      ? []
      : [`${owner}@${ids.owner}/${repository}@${ids.repository}`]),
  ];
  const kinds = [
    ...runs.branches.map((branch) => `ref:refs/heads/${branch}`),
    ...runs.tags.map((tag) => `ref:refs/tags/${tag}`),
    ...runs.environments.map((environment) => `environment:${environment}`),
    ...(runs.pullRequest ? ["pull_request"] : []),
  ];
  return names.flatMap((name) => kinds.map((kind) => `repo:${name}:${kind}`));
}

/** One of the ways over the network is enough. */
function networks({ sourceIps, vpcEndpoints }: PrincipalConditions): Requirement[] {
  const ways: Requirement[] = [];
  if (sourceIps.length > 0) ways.push({ IpAddress: { "aws:SourceIp": sourceIps } });
  if (vpcEndpoints.length > 0) ways.push({ StringEquals: { "aws:SourceVpce": vpcEndpoints } });
  return ways.length === 0 ? [{}] : ways;
}

function sessionRequirement(conditions: PrincipalConditions): Requirement {
  const { mfa, notBefore, notAfter, sourceIdentity, externalIds } = conditions;
  return merge(
    mfa === undefined ? {} : { Bool: { "aws:MultiFactorAuthPresent": ["true"] } },
    typeof mfa === "number" ? { NumericLessThan: { "aws:MultiFactorAuthAge": [String(mfa)] } } : {},
    notBefore === undefined ? {} : { DateGreaterThanEquals: { "aws:CurrentTime": [notBefore] } },
    notAfter === undefined ? {} : { DateLessThan: { "aws:CurrentTime": [notAfter] } },
    sourceIdentity?.required === true ? matching("sts:SourceIdentity", sourceIdentity.values) : {},
    equal("sts:ExternalId", externalIds),
  );
}

function allow({ principal }: Callers, action: string, requirement: Requirement): Statement {
  return { Effect: "Allow", Principal: principal, Action: action, Condition: requirement };
}

/** Literal or pattern, a value matches as `StringLike` says. */
function matching(key: string, values: readonly string[]): Requirement {
  return values.length === 0 ? {} : { StringLike: { [key]: values } };
}

function equal(key: string, values: readonly string[]): Requirement {
  return values.length === 0 ? {} : { StringEquals: { [key]: values } };
}

/** A mapped account's callers come from its organization. */
function inOrganization({ organization }: AccountIdentity): Requirement {
  return equal("aws:PrincipalOrgID", organization === undefined ? [] : [organization.id]);
}

function exactly(key: string, arns: readonly string[]): Requirement {
  return { ArnEquals: { [key]: arns } };
}

function tagged(key: string, value: string | undefined): Requirement {
  return value === undefined ? {} : matching(`aws:RequestTag/${key}`, [value]);
}

/** All requirements together; no two of them are about one operator and key. */
function merge(...requirements: readonly Requirement[]): Requirement {
  const merged: Record<string, Record<string, readonly string[]>> = {};
  for (const requirement of requirements) {
    for (const [operator, keys] of Object.entries(requirement)) {
      for (const [key, values] of Object.entries(keys)) {
        const known = (merged[operator] ??= {});
        if (known[key] !== undefined) throw new Error(`${operator} ${key} is declared twice`);
        known[key] = values;
      }
    }
  }
  return merged;
}

function rootOf({ partition, id }: AccountIdentity): string {
  return `arn:${partition}:iam::${id}:root`;
}
