import { PERMISSION_SET_ROLE_PREFIX } from "./aws-made-roles";
import { builtInProvider } from "./federation/built-in-provider";
import type { Partition } from "./partition";

/** Where an IAM entity lives. */
export interface AccountLocation {
  readonly partition: Partition;
  readonly accountId: string;
}

/** Where an account's entities live. */
export function locationOf(account: {
  readonly partition: Partition;
  readonly id: string;
}): AccountLocation {
  return { partition: account.partition, accountId: account.id };
}

/** ARN of a role, path included (rule ID-10). */
export function roleArn(account: AccountLocation, path: string, name: string): string {
  return iamArn(account, `role${path}${name}`);
}

/** ARN of an IAM user, path included. */
export function userArn(account: AccountLocation, path: string, name: string): string {
  return iamArn(account, `user${path}${name}`);
}

/** ARN of an IAM group, path included. */
export function groupArn(account: AccountLocation, path: string, name: string): string {
  return iamArn(account, `group${path}${name}`);
}

/** ARN that stands for an account as a principal: all that its administrators permit, not just its root user (rule TR-13). */
export function accountRootArn(account: AccountLocation): string {
  return iamArn(account, "root");
}

/** ARN of a customer managed policy, path included. */
export function customerPolicyArn(account: AccountLocation, path: string, name: string): string {
  return iamArn(account, `policy${path}${name}`);
}

/** ARN of an AWS managed policy by its name, with its path where it has one: `job-function/ViewOnlyAccess` (rule NP-01). */
export function awsManagedPolicyArn(partition: Partition, reference: string): string {
  return `arn:${partition}:iam::aws:policy/${reference}`;
}

/** ARN of an instance profile. */
export function instanceProfileArn(account: AccountLocation, path: string, name: string): string {
  return iamArn(account, `instance-profile${path}${name}`);
}

/** ARN of an OIDC provider, which must be in the account of the role that trusts it (rule OI-02). */
export function oidcProviderArn(account: AccountLocation, url: string): string {
  return iamArn(account, `oidc-provider/${issuerOf(url)}`);
}

/**
 * What a Federated principal calls an OIDC provider: its ARN in the role's account, or the host of a provider
 * that AWS itself knows (rule OI-02).
 */
export function oidcPrincipal(account: AccountLocation, url: string): string {
  return builtInProvider(issuerOf(url))?.host ?? oidcProviderArn(account, url);
}

/** ARN of a SAML provider (rule SA-01). */
export function samlProviderArn(account: AccountLocation, name: string): string {
  return iamArn(account, `saml-provider/${name}`);
}

/** An OIDC issuer without its scheme: the prefix of its condition keys (rule OI-01). */
export function issuerOf(url: string): string {
  return url.replace(/^https:\/\//, "").replace(/\/$/, "");
}

/**
 * Pattern of the ARNs of a permission set's roles in one account: the region segment is missing where
 * the identity source is in us-east-1, and the 16 characters behind the name change with every
 * re-assignment (rules SSO-01 to SSO-04).
 */
export function permissionSetArnPattern(account: AccountLocation, permissionSet: string): string {
  const suffix = "?".repeat(16);
  return iamArn(
    account,
    `role/aws-reserved/sso.amazonaws.com*/${PERMISSION_SET_ROLE_PREFIX}${permissionSet}_${suffix}`,
  );
}

function iamArn(account: AccountLocation, resource: string): string {
  return `arn:${account.partition}:iam::${account.accountId}:${resource}`;
}
