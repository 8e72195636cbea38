import type { OrganizationId } from "../../lib/iam/identifier";
import type { Partition } from "../../lib/iam/partition";
import { readConditions } from "../../lib/account-map/read/read-conditions";
import type { AccountProps } from "./account-props";
import { conditionProblems, rawConditions } from "./principal-conditions";
import type { ConditionProps } from "./principal-conditions";
import { identifierProblems, problemsOf } from "./prop-problems";
import { REFERENCE, trustedPrincipal } from "./trusted-principal";
import type { TrustedPrincipal } from "./trusted-principal";

/** Props of {@link iamUser}. */
export interface IamUserProps {
  /** Name of the user, or names of several: 1 to 64 characters of `[\w+=,.@-]` each (rule ID-06). */
  readonly name: string | readonly string[];
  /**
   * Path of the users, with a slash at both ends (rule ID-07).
   * @default "/"
   */
  readonly path?: string;
  /**
   * Account of the users.
   * @default - the account of the role that they assume
   */
  readonly account?: AccountProps;
}

/** IAM users. Their own permission to assume the role is made elsewhere (rules TR-01, TR-02). */
export function iamUser(
  { account, name, path }: IamUserProps,
  conditions: ConditionProps = {},
): TrustedPrincipal {
  return trustedPrincipal({ user: entity(account, name, path) }, conditions, { account });
}

/** Props of {@link iamRole}. */
export interface IamRoleProps {
  /** Name of the role, or names of several: 1 to 64 characters of `[\w+=,.@-]` each (rule ID-05). */
  readonly name: string | readonly string[];
  /**
   * Path of the roles, with a slash at both ends (rule ID-07).
   * @default "/"
   */
  readonly path?: string;
  /**
   * Account of the roles.
   * @default - the account of the role that they assume
   */
  readonly account?: AccountProps;
}

/** IAM roles that no construct of this library makes; for those that one makes, see `SpokeRole.hubs`. */
export function iamRole(
  { account, name, path }: IamRoleProps,
  conditions: ConditionProps = {},
): TrustedPrincipal {
  return trustedPrincipal({ role: entity(account, name, path) }, conditions, { account });
}

/**
 * Everyone whom the administrators of an account allow, not just its root user (rule TR-13); without an
 * account, that of the role that they assume.
 */
export function awsAccount(
  account?: AccountProps,
  conditions: ConditionProps = {},
): TrustedPrincipal {
  return trustedPrincipal({ account: referenceTo(account) }, conditions, { account });
}

/** Props of {@link permissionSet}: exactly one of `name` and `namePattern`. */
export interface PermissionSetProps {
  /**
   * Name of the permission set: 1 to 32 characters of `[\w+=,.@-]` (rule ID-36).
   * @default - `namePattern` says which
   */
  readonly name?: string;
  /**
   * Pattern of names with `*` and `?`.
   * @default - `name` says which
   */
  readonly namePattern?: string;
  /**
   * Account where the permission set is provisioned (rule SSO-03).
   * @default - the account of the assumed role
   */
  readonly account?: AccountProps;
}

/** A permission set of IAM Identity Center, in any region and after every re-assignment (rules SSO-01 to SSO-04). */
export function permissionSet(
  { account, ...set }: PermissionSetProps,
  conditions: ConditionProps = {},
): TrustedPrincipal {
  const raw = { permissionSet: { ...set, ...referenceTo(account) } };
  return trustedPrincipal(raw, conditions, { account });
}

/** Props of {@link organizationalUnit}. */
export interface OrganizationalUnitProps {
  /** Path of ids with a slash at its end, such as `o-exampleorg1/r-ab12/ou-ab12-cdefgh34/` (rule ID-04). */
  readonly orgPath: string;
  /**
   * Whether units below it count too.
   * @default true
   */
  readonly includeChildren?: boolean;
}

/** Everyone in an OU whom the administrators of their account allow (rule CK-05). */
export function organizationalUnit(
  { orgPath, includeChildren = true }: OrganizationalUnitProps,
  conditions: ConditionProps = {},
): TrustedPrincipal {
  const problems = conditionProblems(conditions);
  if (!ORG_PATH.test(orgPath)) {
    problems.push(
      `an OU path must be IDs with a slash after each, such as o-exampleorg1/r-ab12/ou-ab12-cdefgh34/, got ${JSON.stringify(orgPath)} [ID-04]`,
    );
  }
  const organization = { id: (orgPath.split("/")[0] ?? "") as OrganizationId };
  const kind = "organizationalUnit";
  if (problems.length > 0) return { problems };
  const raw = rawConditions(conditions);
  let wayIn: TrustedPrincipal["wayIn"];
  problems.push(
    ...problemsOf((reporter) => {
      const read = readConditions(raw, kind, [], reporter);
      const principal = { kind, organization, orgPath, includeChildren } as const;
      wayIn = { principal, conditions: read, grant: "declared", at: [] };
    }),
  );
  return wayIn === undefined || problems.length > 0 ? { problems } : { wayIn, problems };
}

const ORG_PATH = /^o-[a-z0-9]{10,32}\/r-[0-9a-z]{4,32}\/(?:ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}\/)*$/;

/** Props of {@link foreignAccount}: at most one of `role` and `user`. */
export interface ForeignAccountProps {
  /** Account id: 12 digits as a string (rule ID-01). */
  readonly id: string;
  /**
   * Partition of the account (rule PT-03).
   * @default - that of the assumed role
   */
  readonly partition?: Partition;
  /**
   * Name of a role of that account, with its path if that is not `/`.
   *
   * @default - everyone whom that account allows
   */
  readonly role?: string;
  /**
   * Name of a user of that account, with its path if that is not `/`.
   *
   * @default - everyone whom that account allows
   */
  readonly user?: string;
  /** Why an external account can assume the role: for readers of the code. */
  readonly reason: string;
}

/** An account outside of your organizations, such as a vendor's; `externalId` is asked for (rule ID-12). */
export function foreignAccount(
  account: ForeignAccountProps,
  conditions: ConditionProps & { readonly externalId: string | readonly string[] },
): TrustedPrincipal {
  const problems = identifierProblems("id", "accountId", "an account ID", account.id);
  return problems.length > 0
    ? { problems }
    : trustedPrincipal({ foreignAccount: account }, conditions);
}

function entity(
  account: AccountProps | undefined,
  name: string | readonly string[],
  path: string | undefined,
): { account?: string; name: string | string[]; path?: string } {
  return {
    ...referenceTo(account),
    name: typeof name === "string" ? name : [...name],
    ...(path === undefined ? {} : { path }),
  };
}

function referenceTo(account: AccountProps | undefined): { account?: string } {
  return account === undefined ? {} : { account: REFERENCE };
}
