import { Token } from "cdktf";
import { readTags } from "../../lib/account-map/read/read-role";
import { roleArn } from "../../lib/iam/arn";
import { LIMITS } from "../../lib/iam/limits";
import type { PolicyDocument } from "../../lib/iam/policy-document";
import { accountIdentity, accountProblems } from "./account-props";
import type { AccountProps } from "./account-props";
import { identifierProblems, prefixed, problemsOf } from "./prop-problems";

/** What every role of this library has. */
export interface RoleProps {
  /** The account of the stack that the role is made in. */
  readonly account: AccountProps;
  /**
   * Name of the role: 1 to 64 characters of `[\w+=,.@-]`, unique in the account whatever its case
   * (rules ID-05, ID-06). Another name replaces the role.
   */
  readonly roleName: string;
  /**
   * Path of the role, with a slash at both ends (rule ID-07). Another path replaces the role.
   * @default "/"
   */
  readonly path?: string;
  /**
   * Up to 1000 characters of Latin-1 (rule ID-11).
   * @default - none
   */
  readonly description?: string;
  /**
   * Longest session, 3600 to 43200 seconds (rule ID-15). A session that another role obtains never
   * lasts longer than 3600 seconds (rule ID-17).
   * @default 3600
   */
  readonly maxSessionSeconds?: number;
  /**
   * ARN of the permissions boundary: an AWS managed policy, or one of the role's own account (rule
   * PB-03). It must allow the role to assume its targets (rule PB-02).
   * @default - none
   */
  readonly permissionsBoundaryArn?: string;
  /**
   * Tags of the role and of what is made for it, at most 50 (rule ID-29).
   * @default - those of the provider
   */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * What the role can do in addition to assuming other roles: documents by name. They become inline
   * policies while all fit into 10,240 characters (rule ID-20), then customer managed policies of at most
   * 6,144 named `ROLE-NAME` (rule ID-21). They can have attributes of other resources.
   * @default - nothing
   */
  readonly policies?: Readonly<Record<string, PolicyDocument>>;
  /**
   * Managed policies to attach: names of AWS managed policies with their path, such as
   * `job-function/ViewOnlyAccess` (rule NP-01), or ARNs.
   * @default - none
   */
  readonly managedPolicies?: readonly string[];
}

/** A role by name, whether a construct of this program makes it or not. Roles of this library are such references. */
export interface RoleReference {
  readonly account: AccountProps;
  readonly roleName: string;
  /** @default "/" */
  readonly path?: string;
  /**
   * Whether its sessions can carry a source identity, which the next role must then allow (rule TR-17).
   * @default false
   */
  readonly sourceIdentity?: boolean;
  /**
   * Keys of the transitive session tags that its sessions can carry, which the next role must then allow
   * (rule TR-15b).
   * @default - none
   */
  readonly transitiveTags?: readonly string[];
}

/** ARN of a role, path included, composed from the account's id (rule ID-10). */
export function arnOf({ account, roleName, path = "/" }: RoleReference): string {
  const { partition, id } = accountIdentity(account);
  return roleArn({ partition, accountId: id }, path, roleName);
}

/** What is wrong with a reference to a role; `home` is the account of the role at the other end. */
export function referenceProblems(
  prop: string,
  { account, roleName, path = "/" }: RoleReference,
  home: AccountProps,
): string[] {
  const problems = [
    ...accountProblems(`${prop}.account`, account),
    ...identifierProblems(`${prop}.roleName`, "roleName", "a role name", roleName),
    ...identifierProblems(`${prop}.path`, "rolePath", "a role path", path),
  ];
  const [theirs, ours] = [accountIdentity(account).partition, accountIdentity(home).partition];
  if (theirs !== ours) {
    problems.push(`${prop}: access never crosses partitions, got ${theirs} and ${ours} [PT-03]`);
  }
  return problems;
}

/** What is wrong with the props that every role has. */
export function roleProblems(props: RoleProps): string[] {
  const { account, roleName, path = "/", description, maxSessionSeconds = 3600, tags } = props;
  const problems = referenceProblems("role", { account, roleName, path }, account).map((problem) =>
    problem.replace(/^role\./, ""),
  );
  if (description !== undefined) {
    problems.push(
      ...identifierProblems("description", "roleDescription", "a role description", description),
    );
  }
  const { roleSessionMin: min, roleSessionMax: max, tagsPerRole } = LIMITS;
  if (!Number.isInteger(maxSessionSeconds) || maxSessionSeconds < min || maxSessionSeconds > max) {
    problems.push(
      `maxSessionSeconds: the longest session of a role must be a whole number between ${min} and ${max} seconds, got ${maxSessionSeconds} [ID-15]`,
    );
  }
  problems.push(
    ...prefixed(
      "tags",
      problemsOf((reporter) => readTags(tags, [], reporter)),
    ),
  );
  const count = Object.keys(tags ?? {}).length;
  if (count > tagsPerRole) {
    problems.push(`tags: a role has at most ${tagsPerRole} tags, got ${count} [ID-29]`);
  }
  problems.push(...boundaryProblems(props));
  for (const name of Object.keys(props.policies ?? {})) {
    problems.push(...identifierProblems("policies", "policyName", "a policy name", name));
  }
  for (const name of props.managedPolicies ?? []) {
    if (MANAGED_POLICY.test(name)) continue;
    problems.push(
      `managedPolicies: a managed policy must be a name such as job-function/ViewOnlyAccess or an ARN, got ${JSON.stringify(name)} [NP-01]`,
    );
  }
  return problems;
}

const MANAGED_POLICY = /^(?:arn:[a-z-]+:iam::(?:aws|\d{12}):policy\/)?[\w+=,.@/-]+$/;

function boundaryProblems({ account, permissionsBoundaryArn: arn }: RoleProps): string[] {
  if (arn === undefined || Token.isUnresolved(arn) || arn.startsWith("${")) return [];
  const { partition, id } = accountIdentity(account);
  const homes = ["aws", id].map((owner) => `arn:${partition}:iam::${owner}:policy/`);
  if (homes.some((home) => arn.startsWith(home))) return [];
  return [
    `permissionsBoundaryArn: a boundary must start with ${homes.join(" or ")}, got ${JSON.stringify(arn)} [PB-03]`,
  ];
}
