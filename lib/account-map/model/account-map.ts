import type { AccountId, OrganizationId, Region, RoleName, RolePath } from "../../iam/identifier";
import type { Partition } from "../../iam/partition";
import type { Statement } from "../../iam/policy-document";
import type { Acknowledgement } from "./acknowledgement";
import type { Assertion } from "./assertion";
import type { CallOrigin } from "./call-origin";
import type { ControlPolicySet } from "./control-policy";
import type { PipelineRunner } from "./pipeline-runner";
import type { Principal, PrincipalConditions } from "./principal";
import type { ReviewRule } from "./review-rule";
import type { Path } from "../../source/source";

/** Everything that `accounts.yaml` says, checked, with defaults filled in and references resolved. */
export interface AccountMap {
  readonly organizations: ReadonlyMap<string, Organization>;
  readonly accounts: ReadonlyMap<string, Account>;
  readonly hubs: ReadonlyMap<string, Hub>;
  readonly spokes: ReadonlyMap<string, Spoke>;
  readonly chains: ReadonlyMap<string, Chain>;
  /** Tags of everything that is made. */
  readonly tags: Tags;
  readonly requiredTags: readonly string[];
  /** Path of the customer managed policies that are made: that of the roles where IAM allows it (rule ID-08). */
  readonly policyPath: string;
  /** The permissions boundary of roles that name none of their own. @default - such roles have none */
  readonly defaultBoundary?: PermissionsBoundary;
  readonly parameters: ReadonlyMap<string, ParameterDeclaration>;
  readonly state: StateBackend;
  /** Versions of the AWS provider, as a constraint of Terraform. @default - the version of the bindings */
  readonly providerVersion?: string;
  /** @default - nobody but a person plans and applies */
  readonly pipeline?: Pipeline;
  readonly acknowledgements: readonly Acknowledgement[];
  /** What must stay true of the access as a whole. @default - nothing is asserted */
  readonly assertions?: readonly Assertion[];
  /** Control policies by key of the organization, with the names of their documents. @default - none take part */
  readonly controlPolicies?: ReadonlyMap<string, ControlPolicySet<string>>;
  /** Where the calls of mapped accounts come from, that name nothing of their own. @default - not known */
  readonly origin?: CallOrigin;
  /** Which changes of access may be merged, sorted by name. @default - none: what widens needs an approval */
  readonly reviewRules?: readonly ReviewRule[];
}

/** Tag keys and values. */
export type Tags = Readonly<Record<string, string>>;

/** An organization of AWS Organizations. */
export interface Organization {
  readonly key: string;
  readonly id: OrganizationId;
  /** @default - no principals of kind `organizationalUnit` */
  readonly rootId?: string;
  /** Ids of OUs by path. */
  readonly unitIds: ReadonlyMap<string, string>;
}

/** An account, with the defaults of the map filled in. */
export interface Account {
  readonly key: string;
  readonly id: AccountId;
  readonly name: string;
  /** @default - trust is bound to account ids */
  readonly organization?: Organization;
  /** Path of its OU, `/` for the root. */
  readonly unit: string;
  readonly management: boolean;
  /** Whether it is about to leave the map: its stack stays, without any role. */
  readonly leaving: boolean;
  readonly tags: Tags;
  readonly region: Region;
  /** Where the map says the region. @default - the account itself, or nothing does */
  readonly regionAt?: Path;
  readonly partition: Partition;
  /** @default - Terraform runs in the account already */
  readonly deploymentRole?: DeploymentRole;
  /** Quota of trust policies, characters that are not white space (rule ID-19). */
  readonly trustPolicyQuota: number;
  /** Managed policies that a role can carry (rule ID-23). */
  readonly managedPoliciesQuota: number;
  readonly parameters: ParameterValues;
  readonly at: Path;
}

/** The role that Terraform assumes in an account. */
export interface DeploymentRole {
  readonly roleName: string;
  readonly path: string;
  /** @default - none is passed */
  readonly externalId?: string;
  /** Roles to assume before it, in order (rule BS-03). */
  readonly via: readonly DeploymentHop[];
}

/** A role on the way to a deployment role. */
export interface DeploymentHop {
  readonly accountKey: string;
  readonly roleName: string;
  readonly path: string;
  /** @default - none is passed */
  readonly externalId?: string;
}

/** What every role has, whether of a hub, a spoke or a chain. */
export interface RoleSettings {
  readonly key: string;
  readonly roleName: RoleName;
  readonly path: RolePath;
  /** @default - a sentence that names the key */
  readonly description?: string;
  readonly maxSessionSeconds: number;
  /** @default - none */
  readonly permissionsBoundary?: PermissionsBoundary;
  readonly tags: Tags;
  readonly permissions: Permissions;
  readonly at: Path;
}

/** A permissions boundary: made from a document, or one that exists. */
export type PermissionsBoundary =
  | { readonly kind: "document"; readonly document: string; readonly at: Path }
  | { readonly kind: "managed"; readonly arnPath: string; readonly at: Path }
  | {
      readonly kind: "existing";
      readonly path: string;
      readonly name: string;
      /** The document of `policies/` that it is taken to have the text of. @default - its text is not known */
      readonly document?: string;
      readonly at: Path;
    };

/** What a role may do. */
export interface Permissions {
  /** Names of AWS managed policies with their path, such as `job-function/ViewOnlyAccess`, or ARNs. */
  readonly managed: readonly { readonly name: string; readonly at: Path }[];
  readonly documents: readonly DocumentUse[];
  readonly statements: readonly Statement[];
  readonly at: Path;
}

/** A document of `policies/` and the values for its parameters. */
export interface DocumentUse {
  readonly document: string;
  /** Name of the policy: the document's, where the map gives none. */
  readonly name: string;
  readonly values: ParameterValues;
  readonly at: Path;
}

/** Values of parameters by name. */
export type ParameterValues = ReadonlyMap<string, ParameterValue>;

/** A value and where it stands. */
export interface ParameterValue {
  readonly value: string | readonly string[];
  readonly at: Path;
}

/** What values a parameter may have. */
export type ParameterType =
  | "string"
  | "pattern"
  | "account-id"
  | "region"
  | "arn"
  | "bucket-name"
  | "database-resource-id"
  | "strings";

/** A parameter that documents may use. */
export interface ParameterDeclaration {
  readonly type: ParameterType;
  /** @default - every use needs a value */
  readonly default?: ParameterValue;
}

/** A hub role: who can assume it, and from where spokes are assumed. */
export interface Hub extends RoleSettings {
  readonly account: Account;
  readonly principals: readonly PrincipalEntry[];
  readonly reach: "spokes" | "organization";
  readonly trustMode: "account" | "roleArn";
  /** @default - it always had this key */
  readonly formerly?: string;
}

/** The same role in many accounts. */
export interface Spoke extends RoleSettings {
  readonly hubs: readonly Hub[];
  readonly principals: readonly PrincipalEntry[];
  /** Sorted by key. */
  readonly accounts: readonly Account[];
  readonly externalIds: ExternalIds;
  readonly readOnly: boolean;
  /** @default - it always had this key */
  readonly formerly?: string;
}

/** External ids that a hub passes, current one first. */
export interface ExternalIds {
  readonly default: readonly string[];
  readonly byAccount: ReadonlyMap<string, readonly string[]>;
}

/** One way into a role: a principal with its own conditions. */
export interface PrincipalEntry {
  readonly key: string;
  readonly principal: Principal;
  readonly conditions: PrincipalConditions;
  /** Who makes the caller's own permission; `none` where the kind of caller needs no such permission. */
  readonly grant: "generate" | "print" | "declared" | "none";
  /** Where its calls come from. @default - not known beyond the conditions */
  readonly origin?: CallOrigin;
  readonly at: Path;
}

/** A chain of roles. */
export interface Chain {
  readonly key: string;
  /** @default - it always had this key */
  readonly formerly?: string;
  readonly start: ChainStart;
  readonly steps: readonly ChainStep[];
  readonly at: Path;
}

/** Where a chain begins. */
export type ChainStart =
  | { readonly kind: "instanceProfile"; readonly role: ChainStartRole }
  | { readonly kind: "principal"; readonly wayIn: PrincipalEntry };

/** The role of the instance profile at the start of a chain. */
export interface ChainStartRole extends RoleSettings {
  readonly account: Account;
  readonly profileName: string;
  readonly conditions: PrincipalConditions;
}

/** One step of a chain: every role of the step before may assume every role of this one. */
export type ChainStep =
  | { readonly kind: "roles"; readonly roles: readonly ChainRole[]; readonly at: Path }
  | { readonly kind: "hub"; readonly hub: Hub; readonly at: Path }
  | { readonly kind: "spoke"; readonly spoke: Spoke; readonly at: Path };

/** A role that a chain makes. */
export interface ChainRole extends RoleSettings {
  readonly account: Account;
  readonly externalIds: readonly string[];
  readonly readOnly: boolean;
}

/** The pipeline that plans and applies what the map says, with the two roles that it assumes. */
export interface Pipeline {
  /** Where the two roles are made. */
  readonly account: Account;
  readonly runner: PipelineRunner;
  /** Entered by runs for changes that are only proposed. */
  readonly plan: PipelineRole;
  /** Entered by runs that carry a change out. */
  readonly apply: PipelineRole;
  /** Name of the role of every account that a plan reads with; its path is `/`. */
  readonly accountPlanRole: RoleName;
  /** Most accounts that are planned or applied at once. */
  readonly maxParallel: number;
  readonly at: Path;
}

/** One of the two roles that a pipeline assumes. */
export interface PipelineRole {
  readonly settings: RoleSettings;
  readonly waysIn: readonly PrincipalEntry[];
}

/** Where Terraform keeps its state: always one state per account, keyed by the account's ID. */
export type StateBackend =
  | { readonly kind: "local"; readonly folder: string }
  | {
      readonly kind: "s3";
      readonly bucket: string;
      readonly region: string;
      readonly prefix: string;
      /** @default - the bucket's own encryption */
      readonly kmsKey?: string;
    }
  | {
      readonly kind: "hcp";
      readonly organization: string;
      readonly hostname: string;
      readonly workspacePrefix: string;
      /** @default - the organization's default project */
      readonly project?: string;
    };
