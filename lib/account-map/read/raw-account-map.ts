import type { RawPipeline } from "./read-pipeline";
import type { RawAssertion } from "./read-assertions";
import type { RawControlPolicies } from "./read-control-policies";
import type { RawReview } from "./read-review";
import type { Partition } from "../../iam/partition";
import type { Statement } from "../../iam/policy-document";
import type { ParameterType } from "../model/account-map";

/** The shape of `accounts.yaml` once it fits its JSON Schema: `schema/accounts.schema.json` documents each key. */
export interface RawAccountMap {
  organizations?: Record<string, RawOrganization>;
  defaults?: RawDefaults;
  tags?: Record<string, string>;
  requiredTags?: string[];
  parameters?: Record<string, RawParameter>;
  identityProviders?: Record<string, RawIdentityProvider>;
  state?: RawState;
  terraform?: RawTerraform;
  pipeline?: RawPipeline;
  accounts: Record<string, RawAccount>;
  hubs?: Record<string, RawHub>;
  spokes?: Record<string, RawSpoke>;
  chains?: Record<string, RawChain>;
  assertions?: RawAssertion[];
  review?: RawReview;
  acknowledgements?: { rule: string; at: string; reason: string; until?: string }[];
}

export type RawValue = string | string[];

export interface RawOrganization {
  id: string;
  root?: string;
  units?: Record<string, string>;
  controlPolicies?: RawControlPolicies;
}

export interface RawDefaults {
  organization?: string;
  partition?: Partition;
  region?: string;
  deploymentRole?: RawDeploymentRole;
  rolePath?: string;
  maxSession?: string;
  permissionsBoundary?: RawBoundary;
  trustPolicyQuota?: number;
  managedPoliciesQuota?: number;
  calledFrom?: RawCallOrigin;
}

export interface RawCallOrigin {
  regions?: string[];
  sourceIps?: string[];
  vpcs?: string[];
  vpcEndpoints?: string[];
}

export type RawDeploymentRole =
  | string
  | {
      role: string;
      path?: string;
      externalId?: string;
      via?: { account: string; role: string; path?: string; externalId?: string }[];
    };

export type RawBoundary = string | { managed: string } | { existing: string; document?: string };

export interface RawParameter {
  type: ParameterType;
  default?: RawValue;
}

export interface RawIdentityProvider {
  oidc?: { url: string; audiences?: string[] };
  saml?: { name?: string; metadata?: string };
  create?: boolean;
}

export interface RawState {
  local?: { folder?: string };
  s3?: { bucket: string; region: string; prefix?: string; kmsKey?: string };
  hcp?: { organization: string; workspacePrefix?: string; hostname?: string; project?: string };
}

export interface RawTerraform {
  providerVersion?: string;
}

export interface RawAccount {
  id: string;
  name?: string;
  unit?: string;
  organization?: string;
  management?: boolean;
  state?: "active" | "leaving";
  tags?: Record<string, string>;
  region?: string;
  partition?: Partition;
  deploymentRole?: RawDeploymentRole;
  trustPolicyQuota?: number;
  managedPoliciesQuota?: number;
  parameters?: Record<string, RawValue>;
}

export interface RawRole {
  role?: string;
  path?: string;
  description?: string;
  maxSession?: string;
  permissionsBoundary?: RawBoundary;
  tags?: Record<string, string>;
  permissions?: RawPermissions;
}

export interface RawPermissions {
  managed?: string[];
  documents?: (string | RawDocumentUse)[];
  statements?: Statement[];
}

export interface RawDocumentUse {
  document: string;
  name?: string;
  with?: Record<string, RawValue>;
}

export interface RawHub extends RawRole {
  account: string;
  principals?: Record<string, RawPrincipal>;
  reach?: "spokes" | "organization";
  trustMode?: "account" | "roleArn";
  formerly?: string;
}

export interface RawSpoke extends RawRole {
  hubs?: string[];
  principals?: Record<string, RawPrincipal>;
  accounts: RawSelection;
  access?: "read-only";
  externalId?: RawValue | { default?: RawValue; accounts: Record<string, RawValue> };
  formerly?: string;
}

export interface RawSelection {
  keys?: string[];
  units?: string[];
  tags?: Record<string, RawValue>;
  except?: { keys?: string[]; units?: string[]; tags?: Record<string, RawValue> };
  managementReason?: string;
}

export interface RawChain {
  start: RawPrincipal & {
    instanceProfile?: RawRole & {
      account: string;
      profile?: string;
      notBefore?: string;
      notAfter?: string;
    };
  };
  steps: RawChainStep[];
  formerly?: string;
}

export interface RawChainStep {
  roles?: Record<string, RawChainRole>;
  hub?: string;
  spoke?: string;
}

export interface RawChainRole extends RawRole {
  account: string;
  externalId?: RawValue;
  access?: "read-only";
}

export interface RawPrincipal {
  user?: { account?: string; name: RawValue; path?: string; create?: boolean };
  role?: { account?: string; name: RawValue; path?: string };
  account?: { account?: string };
  permissionSet?: { account?: string; name?: string; namePattern?: string };
  githubActions?: RawGithubActions;
  oidc?: {
    provider: string;
    subject?: RawValue;
    audience?: RawValue;
    claims?: Record<string, RawValue>;
  };
  saml?: { provider: string; attributes?: Record<string, RawValue> };
  instanceProfile?: { name?: string };
  podIdentity?: { cluster?: string; namespace?: string; serviceAccount?: string };
  service?: { name: string; sourceArn?: RawValue; sourceAccount?: boolean };
  rolesAnywhere?: { trustAnchor: string; commonName?: RawValue; organizationalUnit?: RawValue };
  organizationalUnit?: { unit: string; organization?: string; includeChildren?: boolean };
  foreignAccount?: {
    id: string;
    partition?: Partition;
    role?: string;
    user?: string;
    organization?: string;
    reason: string;
  };
  mfa?: true | { maxAge: string };
  sourceIps?: string[];
  vpcEndpoints?: string[];
  notBefore?: string;
  notAfter?: string;
  sourceIdentity?: { values: string[]; required?: boolean };
  sessionTags?: Record<string, { values?: string[]; transitive?: boolean }>;
  externalId?: RawValue;
  grant?: "generate" | "print" | "declared";
  calledFrom?: RawCallOrigin;
}

export interface RawGithubActions {
  repository: string;
  branch?: RawValue;
  tag?: RawValue;
  environment?: RawValue;
  pullRequest?: true;
  ref?: RawValue;
  subject?: "legacy" | "immutable" | "both";
  ownerId?: string;
  repositoryId?: string;
  provider?: string;
}
