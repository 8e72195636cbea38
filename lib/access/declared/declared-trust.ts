import type { PrincipalEntry } from "../../account-map/model/account-map";
import type { PolicyDocument, Statement } from "../../iam/policy-document";
import { policyDocument } from "../../iam/policy-document";
import type { ResolvedAccess, Edge } from "../../plan/resolved-access";
import type { SessionContext } from "../../plan/session-context";
import { carriedContext, mappedCallers } from "./carried-context";
import { declaredCallers, inOrganization, rootOf } from "./declared-callers";
import type { Callers, Requirement } from "./requirement";
import { equal, exactly, matching, merge } from "./requirement";
import type { PrincipalConditions } from "../../account-map/model/principal";

/** What is declared for each role, made when it is asked for: that of all roles at once is large. */
export interface DeclaredTrust {
  /** The trust policy that a role of the plan should amount to; `undefined` for other ARNs. */
  get(roleArn: string): PolicyDocument | undefined;
}

/**
 * What the map declares for each role, as a trust policy: the yardstick that the synthesized one is held
 * against. Written from the map's edges and without the code that generates trust policies, so that a
 * mistake there is not made twice. A caller of a mapped account is let in as long as its account is in the
 * organization that the map says.
 */
export function declaredTrust(plan: ResolvedAccess): DeclaredTrust {
  const entering = new Map<string, Edge[]>(
    plan.accounts.flatMap(({ roles }) => roles.map(({ arn }) => [arn, []] as const)),
  );
  for (const edge of plan.edges) entering.get(edge.to.arn)?.push(edge);
  const carried = carriedContext(plan);
  return {
    get(roleArn) {
      const edges = entering.get(roleArn);
      return (
        edges && policyDocument(edges.flatMap((edge) => declaredByEdge(edge, carried, entering)))
      );
    },
  };
}

type CarriedContext = ReturnType<typeof carriedContext>;

function declaredByEdge(
  edge: Edge,
  carried: CarriedContext,
  made: ReadonlyMap<string, unknown>,
): Statement[] {
  if (edge.from.kind === "role") return declaredForRole(edge, carried);
  const { wayIn } = edge.from;
  const callers = declaredCallers(wayIn, edge.toAccount);
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

function declaredTagging({ principal, conditions }: PrincipalEntry, callers: Callers): Statement[] {
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

function allow({ principal }: Callers, action: string, requirement: Requirement): Statement {
  return { Effect: "Allow", Principal: principal, Action: action, Condition: requirement };
}

/** One of the ways over the network is enough. */
export function networks({ sourceIps, vpcEndpoints }: PrincipalConditions): Requirement[] {
  const ways: Requirement[] = [];
  if (sourceIps.length > 0) ways.push({ IpAddress: { "aws:SourceIp": sourceIps } });
  if (vpcEndpoints.length > 0) ways.push({ StringEquals: { "aws:SourceVpce": vpcEndpoints } });
  return ways.length === 0 ? [{}] : ways;
}

/** What the conditions of a way in ask of the request, the network aside. */
export function sessionRequirement(conditions: PrincipalConditions): Requirement {
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
