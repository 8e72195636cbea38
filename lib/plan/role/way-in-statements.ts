import type { PrincipalEntry } from "../../account-map/model/account-map";
import type {
  AccountIdentity,
  Principal,
  PrincipalConditions,
  SessionTag,
} from "../../account-map/model/principal";
import {
  accountRootArn,
  issuerOf,
  locationOf,
  oidcPrincipal,
  permissionSetArnPattern,
  roleArn,
  samlProviderArn,
  userArn,
} from "../../iam/arn";
import { audienceKey, claimKey, subjectKey } from "../../iam/federation/issuer-claims";
import { samlAudience } from "../../iam/partition";
import type { PrincipalElement, Statement } from "../../iam/policy-document";
import { servicePrincipal } from "../../iam/services/service-principal";
import { ConditionBuilder } from "./condition-builder";
import { githubSubjects } from "./github-subject";
import { statementId } from "./statement-id";

/** How a kind of principal appears in a trust policy. */
interface TrustForm {
  readonly principal: PrincipalElement;
  readonly action: AssumeAction;
  /** Binds the statement to exactly the callers that are meant. */
  readonly bind: (conditions: ConditionBuilder) => void;
  /** Further actions that the kind needs, each with its own statement (rules TR-15, TR-18). */
  readonly tagging?: "always";
  readonly settingIdentity?: "always";
}

type AssumeAction = "sts:AssumeRole" | "sts:AssumeRoleWithSAML" | "sts:AssumeRoleWithWebIdentity";

/** Keys of the session tags that EKS Pod Identity always passes; they are transitive (rule OI-15). */
export const POD_IDENTITY_TAGS: readonly string[] = [
  "eks-cluster-arn",
  "eks-cluster-name",
  "kubernetes-namespace",
  "kubernetes-pod-name",
  "kubernetes-pod-uid",
  "kubernetes-service-account",
];

/**
 * The trust statements of one way into a role of the account `home`: one to assume it (two where a
 * source address and a VPC endpoint are alternatives, rule CK-13), and one each to set a source
 * identity and to tag the session, without the external ID (rule TR-18).
 */
export function wayInStatements(wayIn: PrincipalEntry, home: AccountIdentity): Statement[] {
  const form = trustForm(wayIn.principal, home);
  const { conditions } = wayIn;
  const statements: Statement[] = networkAlternatives(conditions).map(({ suffix, network }) => {
    const builder = new ConditionBuilder();
    form.bind(builder);
    network(builder);
    addSessionConditions(builder, conditions);
    return statement(statementId(wayIn.key, suffix), form, form.action, builder);
  });
  if (conditions.sourceIdentity !== undefined || form.settingIdentity !== undefined) {
    const builder = new ConditionBuilder();
    form.bind(builder);
    builder.match("sts:SourceIdentity", conditions.sourceIdentity?.values ?? []);
    const sid = statementId(wayIn.key, "source-identity");
    statements.push(statement(sid, form, "sts:SetSourceIdentity", builder));
  }
  if (conditions.sessionTags.length > 0 || form.tagging !== undefined) {
    const builder = new ConditionBuilder();
    form.bind(builder);
    if (form.tagging === undefined) addTagConditions(builder, conditions.sessionTags);
    statements.push(
      statement(statementId(wayIn.key, "tag-session"), form, "sts:TagSession", builder),
    );
  }
  return statements;
}

function statement(
  sid: string,
  form: TrustForm,
  action: string,
  conditions: ConditionBuilder,
): Statement {
  return {
    Sid: sid,
    Effect: "Allow",
    Principal: form.principal,
    Action: action,
    ...conditions.build(),
  };
}

function trustForm(principal: Principal, home: AccountIdentity): TrustForm {
  switch (principal.kind) {
    case "user": {
      const account = principal.account ?? home;
      const arns = principal.names.map((name) =>
        userArn(locationOf(account), principal.path, name),
      );
      return accountForm(account, (conditions) =>
        conditions.add("ArnEquals", "aws:PrincipalArn", arns),
      );
    }
    case "role": {
      const account = principal.account ?? home;
      const arns = principal.names.map((name) =>
        roleArn(locationOf(account), principal.path, name),
      );
      return accountForm(account, (conditions) =>
        conditions.add("ArnEquals", "aws:PrincipalArn", arns),
      );
    }
    case "account":
      return accountForm(principal.account ?? home, () => undefined);
    case "permissionSet": {
      const account = principal.account ?? home;
      const pattern = permissionSetArnPattern(locationOf(account), principal.pattern);
      return accountForm(account, (conditions) =>
        conditions.add("ArnLike", "aws:PrincipalArn", [pattern]),
      );
    }
    case "organizationalUnit":
      return {
        principal: { AWS: "*" },
        action: "sts:AssumeRole",
        bind(conditions) {
          conditions.add("StringEquals", "aws:PrincipalOrgID", [principal.organization.id]);
          if (principal.includeChildren) {
            const below = `${principal.orgPath}*`;
            conditions.add("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", [below]);
          } else {
            conditions.add("ForAnyValue:StringEquals", "aws:PrincipalOrgPaths", [
              principal.orgPath,
            ]);
          }
        },
      };
    case "foreignAccount": {
      const partition = principal.partition ?? home.partition;
      const account = { partition, accountId: principal.accountId };
      const entity = principal.entity;
      return {
        principal: { AWS: accountRootArn(account) },
        action: "sts:AssumeRole",
        bind(conditions) {
          if (entity === undefined) return;
          const arn = `arn:${partition}:iam::${principal.accountId}:${entity}`;
          conditions.add("ArnEquals", "aws:PrincipalArn", [arn]);
        },
      };
    }
    case "githubActions": {
      const issuer = issuerOf(principal.provider.url);
      return {
        principal: { Federated: oidcPrincipal(locationOf(home), principal.provider.url) },
        action: "sts:AssumeRoleWithWebIdentity",
        bind(conditions) {
          conditions.add("StringEquals", `${issuer}:aud`, principal.provider.audiences);
          conditions.match(`${issuer}:sub`, githubSubjects(principal));
          conditions.match(`${issuer}:ref`, principal.refs);
        },
      };
    }
    case "oidc": {
      const issuer = issuerOf(principal.provider.url);
      return {
        principal: { Federated: oidcPrincipal(locationOf(home), principal.provider.url) },
        action: "sts:AssumeRoleWithWebIdentity",
        bind(conditions) {
          const { audiences, subjects, claims } = principal;
          conditions.add("StringEquals", audienceKey(issuer, claims.keys()), audiences);
          conditions.match(subjectKey(issuer), subjects);
          for (const [claim, values] of claims) conditions.match(claimKey(issuer, claim), values);
        },
      };
    }
    case "saml": {
      const audience = samlAudience(home.partition);
      return {
        principal: { Federated: samlProviderArn(locationOf(home), principal.provider.name) },
        action: "sts:AssumeRoleWithSAML",
        bind(conditions) {
          conditions.add("StringEquals", "SAML:aud", audience === undefined ? [] : [audience]);
          for (const [key, values] of principal.attributes) conditions.match(key, values);
        },
      };
    }
    case "instanceProfile":
      return serviceForm("ec2", home, () => undefined);
    case "podIdentity":
      return {
        ...serviceForm("pods.eks", home, (conditions) => {
          const { clusterArn, namespace, serviceAccount } = principal;
          const tags = { "eks-cluster-arn": clusterArn, "kubernetes-namespace": namespace };
          const all = { ...tags, "kubernetes-service-account": serviceAccount };
          for (const [tag, value] of Object.entries(all)) {
            if (value !== undefined) conditions.match(`aws:RequestTag/${tag}`, [value]);
          }
        }),
        tagging: "always",
      };
    case "service":
      return serviceForm(principal.service, home, (conditions) => {
        conditions.add("ArnLike", "aws:SourceArn", principal.sourceArns);
        conditions.add(
          "StringEquals",
          "aws:SourceAccount",
          principal.sourceAccount ? [home.id] : [],
        );
      });
    case "rolesAnywhere":
      return {
        ...serviceForm("rolesanywhere", home, (conditions) => {
          conditions.add("ArnEquals", "aws:SourceArn", [principal.trustAnchorArn]);
          conditions.match("aws:PrincipalTag/x509Subject/CN", principal.commonNames);
          conditions.match("aws:PrincipalTag/x509Subject/OU", principal.organizationalUnits);
        }),
        tagging: "always",
        settingIdentity: "always",
      };
  }
}

/** A caller of a mapped account: the account as principal, with the organization wherever it has one. */
function accountForm(
  account: AccountIdentity,
  pin: (conditions: ConditionBuilder) => void,
): TrustForm {
  return {
    principal: { AWS: accountRootArn(locationOf(account)) },
    action: "sts:AssumeRole",
    bind(conditions) {
      pin(conditions);
      addOrganization(conditions, account);
    },
  };
}

function serviceForm(
  service: string,
  home: AccountIdentity,
  bind: (conditions: ConditionBuilder) => void,
): TrustForm {
  // No organization: the key is absent for services, so the statement could never match (rule CK-03).
  return {
    principal: { Service: servicePrincipal(service, home.partition) },
    action: "sts:AssumeRole",
    bind,
  };
}

/** Binds a caller to its organization, where it has one (rule CK-01). */
export function addOrganization(conditions: ConditionBuilder, caller: AccountIdentity): void {
  const ids = caller.organization === undefined ? [] : [caller.organization.id];
  conditions.add("StringEquals", "aws:PrincipalOrgID", ids);
}

interface NetworkAlternative {
  readonly suffix: string;
  readonly network: (conditions: ConditionBuilder) => void;
}

function networkAlternatives({
  sourceIps,
  vpcEndpoints,
}: PrincipalConditions): NetworkAlternative[] {
  const byAddress: NetworkAlternative = {
    suffix: vpcEndpoints.length > 0 ? "from-address" : "",
    network: (conditions) => conditions.add("IpAddress", "aws:SourceIp", sourceIps),
  };
  const byEndpoint: NetworkAlternative = {
    suffix: sourceIps.length > 0 ? "from-endpoint" : "",
    network: (conditions) => conditions.add("StringEquals", "aws:SourceVpce", vpcEndpoints),
  };
  if (vpcEndpoints.length === 0) return [byAddress];
  return sourceIps.length === 0 ? [byEndpoint] : [byAddress, byEndpoint];
}

function addSessionConditions(builder: ConditionBuilder, conditions: PrincipalConditions): void {
  const { mfa, notBefore, notAfter, sourceIdentity, externalIds } = conditions;
  if (mfa !== undefined) builder.add("Bool", "aws:MultiFactorAuthPresent", ["true"]);
  if (typeof mfa === "number") {
    builder.add("NumericLessThan", "aws:MultiFactorAuthAge", [String(mfa)]);
  }
  if (notBefore !== undefined) builder.add("DateGreaterThanEquals", "aws:CurrentTime", [notBefore]);
  if (notAfter !== undefined) builder.add("DateLessThan", "aws:CurrentTime", [notAfter]);
  if (sourceIdentity?.required === true) builder.match("sts:SourceIdentity", sourceIdentity.values);
  builder.add("StringEquals", "sts:ExternalId", externalIds);
}

/** Only the declared keys, and only the declared values of those that have some (rule TR-15b). */
function addTagConditions(builder: ConditionBuilder, tags: readonly SessionTag[]): void {
  const keys = tags.map((tag) => tag.key);
  builder.add("ForAllValues:StringEquals", "aws:TagKeys", keys);
  for (const tag of tags) builder.match(`aws:RequestTag/${tag.key}`, tag.values);
}
