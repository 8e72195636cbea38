/* Generated from schema/accounts.schema.json: npm run types:map */
/* eslint-disable @typescript-eslint/consistent-indexed-object-style -- as the generator writes them */

export type RawPartition =
  | "aws"
  | "aws-cn"
  | "aws-us-gov"
  | "aws-iso"
  | "aws-iso-b"
  | "aws-iso-e"
  | "aws-iso-f"
  | "aws-eusc";
export type RawDeploymentRole =
  | string
  | {
      role: string;
      path?: string;
      externalId?: string;
      via?: {
        account: string;
        role: string;
        path?: string;
        externalId?: string;
      }[];
    };
export type RawPermissionsBoundary =
  | string
  | {
      managed?: string;
      existing?: string;
      document?: string;
    };
export type RawMfaCondition =
  | true
  | {
      maxAge: string;
    };
export type RawSourceIpsCondition = string[];
export type RawVpcEndpointsCondition = string[];
export type RawExternalIds = string | string[];
export type RawDocumentUse =
  | string
  | {
      document: string;
      name?: string;
      with?: {
        [k: string]: string | string[];
      };
    };
export type RawSpokeExternalId =
  | string
  | string[]
  | {
      default?: RawExternalIds;
      accounts: {
        [k: string]: RawExternalIds;
      };
    };

export interface RawAccountMap {
  version?: 1;
  organizations?: {
    [k: string]: RawOrganization;
  };
  defaults?: RawDefaults;
  tags?: RawTags;
  requiredTags?: string[];
  parameters?: {
    [k: string]: RawParameter;
  };
  identityProviders?: {
    [k: string]: RawIdentityProvider;
  };
  state?: RawState;
  terraform?: RawTerraform;
  pipeline?: RawPipeline;
  accounts: {
    [k: string]: RawAccount;
  };
  hubs?: {
    [k: string]: RawHub;
  };
  spokes?: {
    [k: string]: RawSpoke;
  };
  chains?: {
    [k: string]: RawChain;
  };
  assertions?: RawAssertion[];
  review?: RawReview;
  acknowledgements?: {
    rule: string;
    at: string;
    reason: string;
    until?: string;
  }[];
}
export interface RawOrganization {
  id: string;
  root?: string;
  units?: {
    [k: string]: string;
  };
  controlPolicies?: RawControlPolicies;
}
export interface RawControlPolicies {
  service?: RawAttachedControlPolicy[];
  resource?: RawAttachedControlPolicy[];
  fullAccessDetached?: string[];
}
export interface RawAttachedControlPolicy {
  document: string;
  targets: string[];
}
export interface RawDefaults {
  organization?: string;
  partition?: RawPartition;
  region?: string;
  deploymentRole?: RawDeploymentRole;
  rolePath?: string;
  maxSession?: string;
  permissionsBoundary?: RawPermissionsBoundary;
  trustPolicyQuota?: number;
  managedPoliciesQuota?: number;
  calledFrom?: RawCalledFrom;
}
export interface RawCalledFrom {
  regions?: string[];
  sourceIps?: string[];
  vpcs?: string[];
  vpcEndpoints?: string[];
}
export interface RawTags {
  [k: string]: string;
}
export interface RawParameter {
  type:
    | "string"
    | "pattern"
    | "account-id"
    | "region"
    | "arn"
    | "bucket-name"
    | "database-resource-id"
    | "strings";
  description?: string;
  default?: string | string[];
}
export interface RawIdentityProvider {
  oidc?: {
    url: string;
    audiences?: string[];
  };
  saml?: {
    name?: string;
    metadata?: string;
  };
  create?: boolean;
}
export interface RawState {
  local?: {
    folder?: string;
  };
  s3?: {
    bucket: string;
    region: string;
    prefix?: string;
    kmsKey?: string;
  };
  hcp?: {
    organization: string;
    workspacePrefix?: string;
    hostname?: string;
    project?: string;
  };
}
export interface RawTerraform {
  providerVersion?: string;
}
export interface RawPipeline {
  account: string;
  githubActions?: {
    repository: string;
    branch?: string;
    environment?: string;
    subject?: "legacy" | "immutable" | "both";
    ownerId?: string;
    repositoryId?: string;
    provider?: string;
  };
  gitlab?: {
    project: string;
    provider: string;
    branch?: string;
    environment?: string;
    projectId?: string;
    namespaceId?: string;
  };
  atlantis?: {
    repository: string;
    role: string;
    path?: string;
    branch?: string;
  };
  planRole?: string;
  applyRole?: string;
  accountPlanRole?: string;
  maxParallel?: number;
}
export interface RawAccount {
  id: string;
  name?: string;
  unit?: string;
  organization?: string;
  management?: boolean;
  state?: "active" | "leaving";
  tags?: RawTags;
  region?: string;
  partition?: RawPartition;
  deploymentRole?: RawDeploymentRole;
  trustPolicyQuota?: number;
  managedPoliciesQuota?: number;
  parameters?: {
    [k: string]: string | string[];
  };
}
export interface RawHub {
  account: string;
  role?: string;
  path?: string;
  description?: string;
  maxSession?: string;
  permissionsBoundary?: RawPermissionsBoundary;
  tags?: RawTags;
  principals?: RawPrincipals;
  permissions?: RawPermissions;
  reach?: "spokes" | "organization";
  trustMode?: "account" | "roleArn";
  formerly?: string;
}
export interface RawPrincipals {
  [k: string]: RawPrincipal;
}
export interface RawPrincipal {
  user?: RawUserPrincipal;
  role?: RawRolePrincipal;
  account?: RawAccountPrincipal;
  permissionSet?: RawPermissionSetPrincipal;
  githubActions?: RawGithubActionsPrincipal;
  oidc?: RawOidcPrincipal;
  saml?: RawSamlPrincipal;
  instanceProfile?: {
    name?: string;
  };
  podIdentity?: RawPodIdentityPrincipal;
  service?: RawServicePrincipal;
  rolesAnywhere?: RawRolesAnywherePrincipal;
  organizationalUnit?: RawOrganizationalUnitPrincipal;
  foreignAccount?: RawForeignAccountPrincipal;
  mfa?: RawMfaCondition;
  sourceIps?: RawSourceIpsCondition;
  vpcEndpoints?: RawVpcEndpointsCondition;
  calledFrom?: RawCalledFrom;
  notBefore?: string;
  notAfter?: string;
  sourceIdentity?: RawSourceIdentityCondition;
  sessionTags?: RawSessionTagsCondition;
  externalId?: RawExternalIds;
  grant?: "generate" | "print" | "declared";
}
export interface RawUserPrincipal {
  account?: string;
  name: string | string[];
  path?: string;
  create?: boolean;
}
export interface RawRolePrincipal {
  account?: string;
  name: string | string[];
  path?: string;
}
export interface RawAccountPrincipal {
  account?: string;
}
export interface RawPermissionSetPrincipal {
  account?: string;
  name?: string;
  namePattern?: string;
}
export interface RawGithubActionsPrincipal {
  repository: string;
  branch?: string | string[];
  tag?: string | string[];
  environment?: string | string[];
  pullRequest?: true;
  ref?: string | string[];
  subject?: "legacy" | "immutable" | "both";
  ownerId?: string;
  repositoryId?: string;
  provider?: string;
}
export interface RawOidcPrincipal {
  provider: string;
  subject?: string | string[];
  audience?: string | string[];
  claims?: {
    [k: string]: string | string[];
  };
}
export interface RawSamlPrincipal {
  provider: string;
  attributes?: {
    [k: string]: string | string[];
  };
}
export interface RawPodIdentityPrincipal {
  cluster?: string;
  namespace?: string;
  serviceAccount?: string;
}
export interface RawServicePrincipal {
  name: string;
  sourceArn?: string | string[];
  sourceAccount?: boolean;
}
export interface RawRolesAnywherePrincipal {
  trustAnchor: string;
  commonName?: string | string[];
  organizationalUnit?: string | string[];
}
export interface RawOrganizationalUnitPrincipal {
  unit: string;
  organization?: string;
  includeChildren?: boolean;
}
export interface RawForeignAccountPrincipal {
  id: string;
  partition?: RawPartition;
  role?: string;
  user?: string;
  organization?: string;
  reason: string;
}
export interface RawSourceIdentityCondition {
  values: string[];
  required?: boolean;
}
export interface RawSessionTagsCondition {
  [k: string]: {
    values?: string[];
    transitive?: boolean;
  };
}
export interface RawPermissions {
  managed?: string[];
  documents?: RawDocumentUse[];
  statements?: RawStatement[];
}
export interface RawStatement {
  Sid?: string;
  Effect: "Allow" | "Deny";
  Action?: string | string[];
  NotAction?: string | string[];
  Resource?: string | string[];
  NotResource?: string | string[];
  Condition?: {
    [k: string]: {
      [k: string]: string | string[];
    };
  };
}
export interface RawSpoke {
  role?: string;
  path?: string;
  description?: string;
  maxSession?: string;
  permissionsBoundary?: RawPermissionsBoundary;
  tags?: RawTags;
  hubs?: string[];
  principals?: RawPrincipals;
  accounts: RawSelection;
  permissions?: RawPermissions;
  access?: "read-only";
  externalId?: RawSpokeExternalId;
  formerly?: string;
}
export interface RawSelection {
  keys?: string[];
  units?: string[];
  tags?: {
    [k: string]: string | string[];
  };
  except?: {
    keys?: string[];
    units?: string[];
    tags?: {
      [k: string]: string | string[];
    };
  };
  managementReason?: string;
}
export interface RawChain {
  start: {
    user?: RawUserPrincipal;
    role?: RawRolePrincipal;
    account?: RawAccountPrincipal;
    permissionSet?: RawPermissionSetPrincipal;
    githubActions?: RawGithubActionsPrincipal;
    oidc?: RawOidcPrincipal;
    saml?: RawSamlPrincipal;
    podIdentity?: RawPodIdentityPrincipal;
    service?: RawServicePrincipal;
    rolesAnywhere?: RawRolesAnywherePrincipal;
    organizationalUnit?: RawOrganizationalUnitPrincipal;
    foreignAccount?: RawForeignAccountPrincipal;
    instanceProfile?: {
      account: string;
      profile?: string;
      role?: string;
      path?: string;
      description?: string;
      maxSession?: string;
      permissionsBoundary?: RawPermissionsBoundary;
      tags?: RawTags;
      permissions?: RawPermissions;
      notBefore?: string;
      notAfter?: string;
    };
    mfa?: RawMfaCondition;
    sourceIps?: RawSourceIpsCondition;
    vpcEndpoints?: RawVpcEndpointsCondition;
    calledFrom?: RawCalledFrom;
    notBefore?: string;
    notAfter?: string;
    sourceIdentity?: RawSourceIdentityCondition;
    sessionTags?: RawSessionTagsCondition;
    externalId?: RawExternalIds;
    grant?: "generate" | "print" | "declared";
  };
  formerly?: string;
  steps: RawChainStep[];
}
export interface RawChainStep {
  roles?: {
    [k: string]: RawChainRole;
  };
  hub?: string;
  spoke?: string;
}
export interface RawChainRole {
  account: string;
  role?: string;
  path?: string;
  description?: string;
  maxSession?: string;
  permissionsBoundary?: RawPermissionsBoundary;
  tags?: RawTags;
  permissions?: RawPermissions;
  externalId?: RawExternalIds;
  access?: "read-only";
}
export interface RawAssertion {
  never?: RawAssertionSides;
  only?: RawAssertionSides;
  maxHops?: number;
  mfaOnHumanPaths?: true;
  mfa?: "idp";
  machines?: {
    at: string;
    reason: string;
  }[];
}
export interface RawAssertionSides {
  from: string;
  to: string;
}
export interface RawReview {
  rules: {
    [k: string]: RawReviewRule;
  };
}
export interface RawReviewRule {
  on: (
    | "widened"
    | "narrowed"
    | "new-escalation"
    | "foreign-principal"
    | "replaced-role"
    | "destroyed-role"
    | "safeguard-changed"
    | "broken-assertion"
    | "pipeline-locked-out"
    | "unknown"
  )[];
  in?: string[];
  except?: string[];
  block?: true;
  approval?: string[];
  merge?: true;
  reason?: string;
}
