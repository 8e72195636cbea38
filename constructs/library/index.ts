export { ExclusiveRole } from "../exclusive-role";
export type { CustomerPolicyProps, ExclusiveRoleProps, NamedPolicyProps } from "../exclusive-role";
export { HubRole } from "./hub-role";
export type { HubRoleProps } from "./hub-role";
export { InstanceProfileChain } from "./instance-profile-chain";
export type { ChainRoleProps, InstanceProfileChainProps } from "./instance-profile-chain";
export { SpokeRole } from "./spoke-role";
export type { SpokeRoleProps } from "./spoke-role";

export type { AccountProps } from "./account-props";
export type { RoleProps, RoleReference } from "./role-props";

export {
  awsAccount,
  foreignAccount,
  iamRole,
  iamUser,
  organizationalUnit,
  permissionSet,
} from "./principals";
export type {
  ForeignAccountProps,
  IamRoleProps,
  IamUserProps,
  OrganizationalUnitProps,
  PermissionSetProps,
} from "./principals";
export { githubActions, oidc, saml } from "./federated-principals";
export type { GithubActionsProps, OidcProps, SamlProps } from "./federated-principals";
export { awsService, ec2Instances, podIdentity, rolesAnywhere } from "./service-principals";
export type {
  AwsServiceProps,
  Ec2InstancesProps,
  PodIdentityProps,
  RolesAnywhereProps,
  ServiceConditionProps,
} from "./service-principals";
export type { ConditionProps } from "./principal-conditions";
export type { TrustedPrincipal } from "./trusted-principal";

export type { Partition } from "../../lib/iam/partition";
export type { PolicyDocument, Statement } from "../../lib/iam/policy-document";
