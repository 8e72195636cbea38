import { PERMISSION_SET_ROLE_PREFIX } from "./aws-made-roles";
import { builtInProvider } from "./federation/built-in-provider";
import type { Partition } from "./partition";

/** Where an IAM entity lives. */
export interface AccountLocation {
  readonly partition: Partition;
  readonly accountId: string;
}

/** An ARN in its parts. Nothing of it is checked beyond their number: it may be a pattern, or of any service. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  /** Twelve digits, `aws` for AWS's own policies, or nothing. */
  readonly accountId: string;
  /** All after the fifth colon, such as `role/access/reader`. */
  readonly resource: string;
  /** The resource up to its first slash: `role`, `user`, `root`. */
  readonly kind: string;
  /** From the first slash of the resource to its last, as IAM writes paths: `/` or `/access/`; empty without a slash. */
  readonly path: string;
  /** The resource after its last slash; empty without one. */
  readonly name: string;
}

/**
 * The parts of an ARN, or `undefined` if the text has too few for one.
 * Source: IAM User Guide, reference-arns.
 */
export function parseArn(text: string): Arn | undefined {
  const colons: number[] = [];
  for (let at = text.indexOf(":"); at !== -1 && colons.length < 5; at = text.indexOf(":", at + 1)) {
    colons.push(at);
  }
  const [first = 0, second = 0, third = 0, fourth = 0, fifth] = colons;
  if (fifth === undefined) return undefined;
  const resource = text.slice(fifth + 1);
  const slash = resource.indexOf("/");
  const name = slash === -1 ? resource.length : resource.lastIndexOf("/") + 1;
  return {
    partition: text.slice(first + 1, second),
    service: text.slice(second + 1, third),
    region: text.slice(third + 1, fourth),
    accountId: text.slice(fourth + 1, fifth),
    resource,
    kind: slash === -1 ? resource : resource.slice(0, slash),
    path: slash === -1 ? "" : resource.slice(slash, name),
    name: resource.slice(name),
  };
}

/** The parts of what is no ARN: none. */
export const NO_ARN: Partial<Arn> = {};

/** The name in an ARN of IAM, or in a reference such as `job-function/ViewOnlyAccess`: all after its last slash. */
export function nameInArn(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}

/** A path with its name, such as `/access/reader`, cut behind the last slash: `/access/` and `reader`. */
export function splitPath(full: string): { readonly path: string; readonly name: string } {
  const cut = full.lastIndexOf("/") + 1;
  return { path: full.slice(0, cut), name: full.slice(cut) };
}

/** The name of an AWS managed policy, with its path if it has one; `undefined` for every other ARN. */
export function awsManagedPolicyName(arn: string): string | undefined {
  const { service, accountId, kind, resource = "" } = parseArn(arn) ?? NO_ARN;
  return service === "iam" && accountId === "aws" && kind === "policy"
    ? resource.slice("policy/".length)
    : undefined;
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
