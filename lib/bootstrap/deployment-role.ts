import { policyDocument } from "../iam/policy-document";
import type { PolicyDocument, Statement } from "../iam/policy-document";
import { managedArns } from "./managed-entities";
import type { ManagedArns, ManagedEntities } from "./managed-entities";
import { readStatements } from "./read-statements";

/** What decides the permissions of a deployment role. */
export interface DeploymentRoleInput {
  readonly entities: ManagedEntities;
  /**
   * ARNs of the permissions boundaries, one of which every role must have (rule PB-05). They are created
   * together with the deployment role, which cannot change them.
   *
   * @default - none: the deployment role is effectively administrator
   */
  readonly boundaryArns: readonly string[];
  /** ARNs of the roles that it must not change: itself and the plan role. */
  readonly protectedRoleArns: readonly string[];
}

/** Permissions of a deployment role, and what keeps them from being bounded. */
export interface DeploymentPermissions {
  readonly document: PolicyDocument;
  /** Why the role is administrator of the account in effect; none where it is not. */
  readonly administratorBecause: readonly string[];
}

/**
 * Permissions of the role that Terraform assumes to apply: it writes what is managed and nothing else.
 * Roles come to permissions only under a boundary, the boundary cannot be changed or taken away, and
 * the roles that were there before Terraform are out of its reach (rule PB-05).
 */
export function deploymentPermissions(input: DeploymentRoleInput): DeploymentPermissions {
  const arns = managedArns(input.entities);
  return {
    document: policyDocument([
      ...readStatements(arns),
      ...writeStatements(arns, input.boundaryArns),
      ...protection(input),
    ]),
    administratorBecause: unbounded(input),
  };
}

function writeStatements(arns: ManagedArns, boundaryArns: readonly string[]): Statement[] {
  const allow = (
    sid: string,
    actions: readonly string[],
    on: readonly string[],
    condition: Statement["Condition"] = {},
  ): Statement[] => {
    if (on.length === 0) return [];
    const when = Object.keys(condition).length === 0 ? {} : { Condition: condition };
    return [{ Sid: sid, Effect: "Allow", Action: actions, Resource: on, ...when }];
  };
  const bounded: Statement["Condition"] =
    boundaryArns.length === 0 ? {} : { ArnEquals: { "iam:PermissionsBoundary": boundaryArns } };
  const forInstances = { StringLike: { "iam:PassedToService": "ec2.amazonaws.com*" } };
  return [
    ...allow("PermitRoles", PERMITTING, arns.roles, bounded),
    ...allow("ShapeRoles", SHAPING, arns.roles),
    ...allow("WriteInstanceProfiles", PROFILE, arns.instanceProfiles),
    ...allow("PassRolesToInstances", ["iam:PassRole"], arns.roles, forInstances),
    ...allow("WritePolicies", POLICY, arns.policies),
    ...allow("WriteUsers", USER, arns.users),
    ...allow(
      "WriteGrantsOfUsers",
      ["iam:DeleteUserPolicy", "iam:PutUserPolicy"],
      arns.granteeUsers,
    ),
    ...allow(
      "WriteGrantsOfRoles",
      ["iam:DeleteRolePolicy", "iam:PutRolePolicy"],
      arns.granteeRoles,
    ),
    ...allow("WriteOidcProviders", OIDC, arns.oidcProviders),
    ...allow("WriteSamlProviders", SAML, arns.samlProviders),
  ];
}

function protection({ boundaryArns, protectedRoleArns }: DeploymentRoleInput): Statement[] {
  const reading = ["iam:Get*", "iam:List*"];
  const untouched: Statement = {
    Sid: "LeaveOwnRolesAlone",
    Effect: "Deny",
    NotAction: reading,
    Resource: protectedRoleArns,
  };
  if (boundaryArns.length === 0) return [untouched];
  return [
    untouched,
    { Sid: "LeaveBoundariesAlone", Effect: "Deny", NotAction: reading, Resource: boundaryArns },
    {
      Sid: "KeepBoundaries",
      Effect: "Deny",
      Action: ["iam:DeleteRolePermissionsBoundary", "iam:DeleteUserPermissionsBoundary"],
      Resource: "*",
    },
  ];
}

function unbounded({ entities, boundaryArns }: DeploymentRoleInput): string[] {
  const { users, grantees, rolePaths } = entities;
  return [
    ...(rolePaths.includes("/")
      ? [
          "roles are created at the path `/`, so it can rewrite the trust policy of every role in the account",
        ]
      : []),
    ...(boundaryArns.length === 0
      ? ["roles have no permissions boundary, so it can create one that can do everything"]
      : []),
    ...(users.length === 0 ? [] : [`created users have no permissions boundary: ${names(users)}`]),
    ...(grantees.length === 0
      ? []
      : [`it writes a policy of existing users and roles: ${names(grantees)}`]),
  ];
}

function names(entities: readonly { readonly name: string }[]): string {
  return entities.map(({ name }) => name).join(", ");
}

/** What gives a role permissions; all of it can be bound to the role's boundary. */
const PERMITTING = [
  "iam:AttachRolePolicy",
  "iam:CreateRole",
  "iam:DeleteRolePolicy",
  "iam:DetachRolePolicy",
  "iam:PutRolePermissionsBoundary",
  "iam:PutRolePolicy",
];

const SHAPING = [
  "iam:DeleteRole",
  "iam:TagRole",
  "iam:UntagRole",
  "iam:UpdateAssumeRolePolicy",
  "iam:UpdateRole",
  "iam:UpdateRoleDescription",
];

const PROFILE = [
  "iam:AddRoleToInstanceProfile",
  "iam:CreateInstanceProfile",
  "iam:DeleteInstanceProfile",
  "iam:RemoveRoleFromInstanceProfile",
  "iam:TagInstanceProfile",
  "iam:UntagInstanceProfile",
];

const POLICY = [
  "iam:CreatePolicy",
  "iam:CreatePolicyVersion",
  "iam:DeletePolicy",
  "iam:DeletePolicyVersion",
  "iam:TagPolicy",
  "iam:UntagPolicy",
];

const USER = [
  "iam:CreateUser",
  "iam:DeleteUser",
  "iam:DeleteUserPolicy",
  "iam:DetachUserPolicy",
  "iam:ListGroupsForUser",
  "iam:PutUserPolicy",
  "iam:TagUser",
  "iam:UntagUser",
  "iam:UpdateUser",
];

const OIDC = [
  "iam:AddClientIDToOpenIDConnectProvider",
  "iam:CreateOpenIDConnectProvider",
  "iam:DeleteOpenIDConnectProvider",
  "iam:RemoveClientIDFromOpenIDConnectProvider",
  "iam:TagOpenIDConnectProvider",
  "iam:UntagOpenIDConnectProvider",
  "iam:UpdateOpenIDConnectProviderThumbprint",
];

const SAML = [
  "iam:CreateSAMLProvider",
  "iam:DeleteSAMLProvider",
  "iam:TagSAMLProvider",
  "iam:UntagSAMLProvider",
  "iam:UpdateSAMLProvider",
];
