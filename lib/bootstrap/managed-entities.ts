import { issuerOf } from "../iam/arn";
import type { AccountLocation } from "../iam/arn";

/**
 * What Terraform manages in an account, as far as its permissions are concerned. Everything that is not
 * named is out of its reach.
 */
export interface ManagedEntities {
  readonly location: AccountLocation;
  /** Paths of the created roles and instance profiles; `/` means all of them. */
  readonly rolePaths: readonly string[];
  /** Path of the customer managed policies that are made. */
  readonly policyPath: string;
  /** Names of the users that are made, and their paths. */
  readonly users: readonly { readonly path: string; readonly name: string }[];
  /** Existing users and roles that get one inline policy of ours, whatever their path. */
  readonly grantees: readonly { readonly kind: "user" | "role"; readonly name: string }[];
  /** URLs of the OIDC providers that are made. */
  readonly oidcUrls: readonly string[];
  /** Names of the SAML providers that are made. */
  readonly samlNames: readonly string[];
}

/** Patterns of the ARNs of what is managed, by kind. */
export interface ManagedArns {
  readonly roles: readonly string[];
  readonly instanceProfiles: readonly string[];
  readonly policies: readonly string[];
  readonly users: readonly string[];
  readonly granteeUsers: readonly string[];
  readonly granteeRoles: readonly string[];
  readonly oidcProviders: readonly string[];
  readonly samlProviders: readonly string[];
}

/** The ARNs of what is managed. */
export function managedArns(entities: ManagedEntities): ManagedArns {
  const { location, rolePaths, policyPath, users, grantees, oidcUrls, samlNames } = entities;
  const arn = (resource: string): string =>
    `arn:${location.partition}:iam::${location.accountId}:${resource}`;
  const paths = [...new Set(rolePaths)].sort();
  const granted = (kind: "user" | "role"): string[] =>
    grantees.flatMap((grantee) =>
      grantee.kind === kind
        ? [arn(`${kind}/${grantee.name}`), arn(`${kind}/*/${grantee.name}`)]
        : [],
    );
  return {
    roles: paths.map((path) => arn(`role${path}*`)),
    instanceProfiles: paths.map((path) => arn(`instance-profile${path}*`)),
    policies: [arn(`policy${policyPath}*`)],
    users: users.map(({ path, name }) => arn(`user${path}${name}`)),
    granteeUsers: granted("user"),
    granteeRoles: granted("role"),
    oidcProviders: oidcUrls.map((url) => arn(`oidc-provider/${issuerOf(url)}`)),
    samlProviders: samlNames.map((name) => arn(`saml-provider/${name}`)),
  };
}
