/** What Terraform's AWS provider calls for a resource, by what it does to it. */
export interface ResourceActions {
  readonly create: readonly string[];
  readonly read: readonly string[];
  readonly update: readonly string[];
  readonly delete: readonly string[];
  /** The functions of the provider that call them, below `internal/service/iam/` of hashicorp/terraform-provider-aws. */
  readonly source: string;
}

/**
 * IAM actions by the type of the resource, as version 6 of the AWS provider calls them; their names, and
 * which of them a boundary can be asked for, are from the service authorization reference of IAM. Tags that
 * are given on creation take the tagging action too.
 */
export const RESOURCE_ACTIONS: Readonly<Record<string, ResourceActions>> = {
  aws_iam_role: {
    create: ["iam:CreateRole", "iam:TagRole"],
    read: [
      "iam:GetRole",
      "iam:GetRolePolicy",
      "iam:ListAttachedRolePolicies",
      "iam:ListRolePolicies",
      "iam:ListRoleTags",
    ],
    update: [
      "iam:PutRolePermissionsBoundary",
      "iam:TagRole",
      "iam:UntagRole",
      "iam:UpdateAssumeRolePolicy",
      "iam:UpdateRole",
      "iam:UpdateRoleDescription",
    ],
    delete: [
      "iam:DeleteRole",
      "iam:DeleteRolePolicy",
      "iam:DetachRolePolicy",
      "iam:ListInstanceProfilesForRole",
      "iam:RemoveRoleFromInstanceProfile",
    ],
    source: "role.go: resourceRoleCreate, resourceRoleRead, resourceRoleUpdate, deleteRole",
  },
  aws_iam_role_policy: {
    create: ["iam:PutRolePolicy"],
    read: ["iam:GetRolePolicy"],
    update: ["iam:PutRolePolicy"],
    delete: ["iam:DeleteRolePolicy"],
    source:
      "role_policy.go: resourceRolePolicyPut, resourceRolePolicyRead, resourceRolePolicyDelete",
  },
  aws_iam_role_policy_attachment: {
    create: ["iam:AttachRolePolicy"],
    read: ["iam:ListAttachedRolePolicies"],
    update: [],
    delete: ["iam:DetachRolePolicy"],
    source:
      "role_policy_attachment.go: attachPolicyToRole, findAttachedRolePolicies, detachPolicyFromRole",
  },
  aws_iam_role_policies_exclusive: {
    create: ["iam:DeleteRolePolicy"],
    read: ["iam:ListRolePolicies"],
    update: ["iam:DeleteRolePolicy"],
    delete: [],
    source: "role_policies_exclusive.go: syncAttachments, findRolePoliciesByName",
  },
  aws_iam_role_policy_attachments_exclusive: {
    create: ["iam:AttachRolePolicy", "iam:DetachRolePolicy"],
    read: ["iam:ListAttachedRolePolicies"],
    update: ["iam:AttachRolePolicy", "iam:DetachRolePolicy"],
    delete: [],
    source:
      "role_policy_attachments_exclusive.go: syncAttachments, findRolePolicyAttachmentsByName",
  },
  aws_iam_instance_profile: {
    create: [
      "iam:AddRoleToInstanceProfile",
      "iam:CreateInstanceProfile",
      "iam:PassRole",
      "iam:TagInstanceProfile",
    ],
    read: ["iam:GetInstanceProfile", "iam:GetRole", "iam:ListInstanceProfileTags"],
    update: [
      "iam:AddRoleToInstanceProfile",
      "iam:PassRole",
      "iam:RemoveRoleFromInstanceProfile",
      "iam:TagInstanceProfile",
      "iam:UntagInstanceProfile",
    ],
    delete: ["iam:DeleteInstanceProfile", "iam:RemoveRoleFromInstanceProfile"],
    source: "instance_profile.go: resourceInstanceProfileCreate and its kin",
  },
  aws_iam_policy: {
    create: ["iam:CreatePolicy", "iam:TagPolicy"],
    read: ["iam:GetPolicy", "iam:GetPolicyVersion", "iam:ListPolicyTags"],
    update: [
      "iam:CreatePolicyVersion",
      "iam:DeletePolicyVersion",
      "iam:ListPolicyVersions",
      "iam:TagPolicy",
      "iam:UntagPolicy",
    ],
    delete: ["iam:DeletePolicy", "iam:DeletePolicyVersion", "iam:ListPolicyVersions"],
    source: "policy.go: resourcePolicyCreate, policyPruneVersions and their kin",
  },
  aws_iam_user: {
    create: ["iam:CreateUser", "iam:TagUser"],
    read: ["iam:GetUser", "iam:ListUserTags"],
    update: ["iam:TagUser", "iam:UntagUser", "iam:UpdateUser"],
    delete: ["iam:DeleteUser", "iam:ListGroupsForUser"],
    source: "user.go: resourceUserCreate, resourceUserDelete, deleteUserGroupMemberships",
  },
  aws_iam_user_policy: {
    create: ["iam:PutUserPolicy"],
    read: ["iam:GetUserPolicy"],
    update: ["iam:PutUserPolicy"],
    delete: ["iam:DeleteUserPolicy"],
    source:
      "user_policy.go: resourceUserPolicyPut, resourceUserPolicyRead, resourceUserPolicyDelete",
  },
  aws_iam_user_policies_exclusive: {
    create: ["iam:DeleteUserPolicy"],
    read: ["iam:ListUserPolicies"],
    update: ["iam:DeleteUserPolicy"],
    delete: [],
    source: "user_policies_exclusive.go: syncAttachments, findUserPoliciesByName",
  },
  // Users that are made get no managed policy, so nothing is ever attached.
  aws_iam_user_policy_attachments_exclusive: {
    create: ["iam:DetachUserPolicy"],
    read: ["iam:ListAttachedUserPolicies"],
    update: ["iam:DetachUserPolicy"],
    delete: [],
    source:
      "user_policy_attachments_exclusive.go: syncAttachments, findUserPolicyAttachmentsByName",
  },
  aws_iam_openid_connect_provider: {
    create: ["iam:CreateOpenIDConnectProvider", "iam:TagOpenIDConnectProvider"],
    read: ["iam:GetOpenIDConnectProvider"],
    update: [
      "iam:AddClientIDToOpenIDConnectProvider",
      "iam:RemoveClientIDFromOpenIDConnectProvider",
      "iam:TagOpenIDConnectProvider",
      "iam:UntagOpenIDConnectProvider",
      "iam:UpdateOpenIDConnectProviderThumbprint",
    ],
    delete: ["iam:DeleteOpenIDConnectProvider"],
    source: "openid_connect_provider.go: resourceOpenIDConnectProviderUpdate and its kin",
  },
  aws_iam_saml_provider: {
    create: ["iam:CreateSAMLProvider", "iam:TagSAMLProvider"],
    read: ["iam:GetSAMLProvider"],
    update: ["iam:TagSAMLProvider", "iam:UntagSAMLProvider", "iam:UpdateSAMLProvider"],
    delete: ["iam:DeleteSAMLProvider"],
    source: "saml_provider.go: resourceSAMLProviderCreate and its kin",
  },
};
