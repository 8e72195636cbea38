import type {
  AccountIdentity,
  GithubActionsPrincipal,
  Principal,
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
import type { PrincipalElement } from "../../iam/policy-document";
import { servicePrincipal } from "../../iam/services/service-principal";
import type { ConditionBuilder } from "./condition-builder";

/** How a kind of principal appears in a trust policy. */
export interface TrustForm {
  readonly principal: PrincipalElement;
  readonly action: AssumeAction;
  /** Binds the statement to exactly the callers that are meant. */
  readonly bind: (conditions: ConditionBuilder) => void;
  /** Further actions that the kind needs, each with its own statement (rules TR-15, TR-18). */
  readonly tagging?: "always";
  readonly settingIdentity?: "always";
}

type AssumeAction = "sts:AssumeRole" | "sts:AssumeRoleWithSAML" | "sts:AssumeRoleWithWebIdentity";

/** The form of a principal in the trust policy of a role of the account `home`. */
export function trustForm(principal: Principal, home: AccountIdentity): TrustForm {
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

/**
 * The subjects of the runs that can assume a role. One subject carries a ref, an environment or
 * `pull_request`, never two of them (rule OI-07b); in the immutable form owner and repository carry
 * their ids (rule OI-08).
 */
export function githubSubjects(principal: GithubActionsPrincipal): string[] {
  const { owner, repository, subject, ids } = principal;
  const prefixes: string[] = [];
  if (subject !== "immutable") prefixes.push(`repo:${owner}/${repository}`);
  if (subject !== "legacy" && ids !== undefined) {
    prefixes.push(`repo:${owner}@${ids.owner}/${repository}@${ids.repository}`);
  }
  const contexts = [
    ...principal.branches.map((branch) => `ref:refs/heads/${branch}`),
    ...principal.tags.map((tag) => `ref:refs/tags/${tag}`),
    ...principal.environments.map((environment) => `environment:${environment}`),
    ...(principal.pullRequest ? ["pull_request"] : []),
  ];
  return prefixes.flatMap((prefix) => contexts.map((context) => `${prefix}:${context}`));
}
