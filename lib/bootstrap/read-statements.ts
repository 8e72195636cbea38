import { policyDocument } from "../iam/policy-document";
import type { PolicyDocument, Statement } from "../iam/policy-document";
import { managedArns } from "./managed-entities";
import type { ManagedArns, ManagedEntities } from "./managed-entities";

/**
 * Permissions of the role of an account that plans assume: it reads what is managed and nothing else, not
 * even other roles, because what a pushed branch contains runs with it.
 */
export function accountPlanPermissions(entities: ManagedEntities): PolicyDocument {
  return policyDocument(readStatements(managedArns(entities)));
}

/** What Terraform calls to compare what is managed with its state: nothing that changes anything, and no data. */
export function readStatements(arns: ManagedArns): Statement[] {
  const readable = (sid: string, actions: readonly string[], on: readonly string[]): Statement[] =>
    on.length === 0 ? [] : [{ Sid: sid, Effect: "Allow", Action: actions, Resource: on }];
  return [
    ...readable("ReadRoles", ROLE, arns.roles),
    ...readable("ReadInstanceProfiles", PROFILE, arns.instanceProfiles),
    ...readable("ReadPolicies", POLICY, arns.policies),
    ...readable("ReadUsers", USER, arns.users),
    ...readable("ReadGrantsOfUsers", ["iam:GetUserPolicy"], arns.granteeUsers),
    ...readable("ReadGrantsOfRoles", ["iam:GetRolePolicy"], arns.granteeRoles),
    ...readable("ReadOidcProviders", ["iam:GetOpenIDConnectProvider"], arns.oidcProviders),
    ...readable("ReadSamlProviders", ["iam:GetSAMLProvider"], arns.samlProviders),
  ];
}

const ROLE = [
  "iam:GetRole",
  "iam:GetRolePolicy",
  "iam:ListAttachedRolePolicies",
  "iam:ListInstanceProfilesForRole",
  "iam:ListRolePolicies",
  "iam:ListRoleTags",
];

const PROFILE = ["iam:GetInstanceProfile", "iam:ListInstanceProfileTags"];

const POLICY = [
  "iam:GetPolicy",
  "iam:GetPolicyVersion",
  "iam:ListPolicyTags",
  "iam:ListPolicyVersions",
];

const USER = [
  "iam:GetUser",
  "iam:GetUserPolicy",
  "iam:ListAttachedUserPolicies",
  "iam:ListUserPolicies",
  "iam:ListUserTags",
];
