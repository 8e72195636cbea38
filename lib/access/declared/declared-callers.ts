import type { PrincipalEntry } from "../../account-map/model/account-map";
import type { AccountIdentity, GithubActionsPrincipal } from "../../account-map/model/principal";
import { issuerOf } from "../../iam/arn";
import { samlAudience } from "../../iam/partition";
import { servicePrincipal } from "../../iam/services/service-principal";
import { declaredToken } from "./declared-token";
import { equal, exactly, matching, merge } from "./requirement";
import type { Callers, Requirement } from "./requirement";

/**
 * Whom a way in lets in, before its conditions.
 *
 * @param home the account of the role
 */
export function declaredCallers({ principal }: PrincipalEntry, home: AccountIdentity): Callers {
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
    case "oidc":
      return declaredToken(principal, (issuer) => iam(home, `oidc-provider/${issuer}`));
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

/** A mapped account's callers come from its organization. */
export function inOrganization({ organization }: AccountIdentity): Requirement {
  return equal("aws:PrincipalOrgID", organization === undefined ? [] : [organization.id]);
}

function tagged(key: string, value: string | undefined): Requirement {
  return value === undefined ? {} : matching(`aws:RequestTag/${key}`, [value]);
}

/** The principal that stands for whoever an account permits. */
export function rootOf({ partition, id }: AccountIdentity): string {
  return `arn:${partition}:iam::${id}:root`;
}
