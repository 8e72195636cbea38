import type {
  Account,
  Pipeline,
  PrincipalEntry,
  StateBackend,
  Tags,
} from "../account-map/model/account-map";
import type { CallOrigin } from "../account-map/model/call-origin";
import type { ControlPolicySet } from "../account-map/model/control-policy";
import type { OidcProvider, SamlProvider } from "../account-map/model/principal";
import type { Path } from "../source/source";
import type { PolicyDocument, Statement } from "../iam/policy-document";
import type { PipelineAccount } from "./pipeline/pipeline-accounts";
import type { SessionContext } from "./session-context";

/** Every role, trust and permission of every account, fully resolved: what the Terraform is made from, and what is proved. */
export interface ResolvedAccess {
  /** One per account in the map, sorted by key, also those in which nothing is made. */
  readonly accounts: readonly AccountPlan[];
  /** Every declared way from a caller to a role. */
  readonly edges: readonly Edge[];
  readonly chains: readonly ChainPlan[];
  /** Statements that someone else has to add, because the caller is managed elsewhere. */
  readonly handouts: readonly ManualGrant[];
  /** Tags of everything that is made. */
  readonly tags: Tags;
  readonly state: StateBackend;
  /** Versions of the AWS provider, as a constraint of Terraform. @default - the version of the bindings */
  readonly providerVersion?: string;
  /** @default - people plan and apply */
  readonly pipeline?: PipelinePlan;
  /** Control policies by key of the organization; none of them is made. @default - none are known */
  readonly controlPolicies?: ReadonlyMap<string, ControlPolicySet<PolicyDocument>>;
  /** Where the calls of roles come from. @default - not known */
  readonly origin?: CallOrigin;
  /** Boundaries that are made elsewhere and whose text the map says, by ARN. @default - none */
  readonly boundaryTexts?: ReadonlyMap<string, BoundaryText>;
}

/** The text that a boundary is taken to have, which is made elsewhere: an assumption of every proof. */
export interface BoundaryText {
  readonly arn: string;
  readonly account: Account;
  /** The document of `policies/` that the text comes from. */
  readonly source: string;
  /** With the parameters of the account filled in. */
  readonly document: PolicyDocument;
}

/** The pipeline, with the roles that it assumes. */
export interface PipelinePlan {
  readonly pipeline: Pipeline;
  readonly planRole: RolePlan;
  readonly applyRole: RolePlan;
  /** Where it works. */
  readonly accounts: readonly PipelineAccount[];
}

/** What is made in one account. */
export interface AccountPlan {
  readonly account: Account;
  /** Sorted by id. */
  readonly roles: readonly RolePlan[];
  readonly boundaries: readonly CustomerPolicyPlan[];
  readonly users: readonly UserPlan[];
  readonly grants: readonly GrantPlan[];
  readonly oidcProviders: readonly OidcProvider[];
  readonly samlProviders: readonly SamlProvider[];
  /** Keys of accounts whose stacks must be applied first (rule TR-11). */
  readonly dependsOn: readonly string[];
}

/** Where a role comes from. */
export type RoleKind = "hub" | "spoke" | "chain" | "pipeline";

/** A role with its trust, its policies and its instance profiles. */
export interface RolePlan {
  /** Name of its Terraform resources, unique in the account: `hub-`, `spoke-`, `chain-` or `pipeline-` and the keys of the map. */
  readonly id: string;
  /** @default - it always had this id */
  readonly formerId?: string;
  readonly kind: RoleKind;
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  readonly description: string;
  readonly maxSessionSeconds: number;
  /** @default - none */
  readonly permissionsBoundary?: BoundaryPlan;
  /** Its own tags, without those of everything. */
  readonly tags: Tags;
  readonly trust: PolicyDocument;
  readonly policies: RolePolicies;
  readonly instanceProfiles: readonly string[];
  /** Ids of roles of the same account that its trust names by ARN and that must exist first (rule TR-11). */
  readonly dependsOn: readonly string[];
  readonly readOnly: boolean;
  /** What its sessions can carry. */
  readonly session: SessionContext;
  /** The entry in the map. */
  readonly at: Path;
}

/** A boundary: one that this account's stack makes, or one that exists. */
export interface BoundaryPlan {
  readonly arn: string;
  /** Id of the customer managed policy of the same stack. @default - it exists */
  readonly policyId?: string;
}

/** The policies of a role, packed to stay within the quotas (rules ID-20 to ID-23). */
export interface RolePolicies {
  readonly inline: readonly NamedPolicy[];
  /** Customer managed policies that are made for the role. */
  readonly customer: readonly CustomerPolicyPlan[];
  /** ARNs of AWS managed policies, with the names that their attachments get. */
  readonly managed: readonly { readonly name: string; readonly arn: string; readonly at: Path }[];
}

/** A policy by name. */
export interface NamedPolicy {
  readonly name: string;
  readonly document: PolicyDocument;
}

/** A customer managed policy. */
export interface CustomerPolicyPlan extends NamedPolicy {
  readonly id: string;
  readonly path: string;
  readonly arn: string;
}

/** An IAM user that is made. It never gets an access key. */
export interface UserPlan {
  readonly id: string;
  readonly name: string;
  readonly path: string;
}

/** The caller's permission for a user or role that the map does not make as a role: one inline policy. */
export interface GrantPlan {
  readonly id: string;
  readonly kind: "user" | "role";
  readonly name: string;
  /** Whether the user is made in the same stack. */
  readonly created: boolean;
  readonly document: PolicyDocument;
  readonly at: Path;
}

/** A declared principal of a role. */
export interface Edge {
  readonly from: EdgeStart;
  readonly to: RolePlan;
  readonly toAccount: Account;
  /** External ids, one of which the caller passes, the current one first. */
  readonly externalIds: readonly string[];
  /** The statements of the trust policy that are about it. */
  readonly trust: readonly Statement[];
  readonly at: Path;
}

/** Who takes an edge: a role of the plan, or a principal from outside of it. */
export type EdgeStart =
  | {
      readonly kind: "role";
      readonly role: RolePlan;
      readonly account: Account;
      readonly trustMode: "account" | "roleArn";
    }
  | { readonly kind: "principal"; readonly wayIn: PrincipalEntry };

/** A declared chain: the roles of each step. */
export interface ChainPlan {
  readonly key: string;
  readonly start: EdgeStart;
  readonly steps: readonly (readonly { readonly role: RolePlan; readonly account: Account }[])[];
  readonly at: Path;
}

/** A statement for the owner of the caller to add. */
export interface ManualGrant {
  /** Whom it is for, in words. */
  readonly to: string;
  readonly statement: Statement;
  readonly at: Path;
}

/** Whether a plan allows no one anything: a map of accounts, without a hub, a spoke or a chain. */
export function declaresNothing({ accounts }: ResolvedAccess): boolean {
  return accounts.every(({ roles, grants }) => roles.length === 0 && grants.length === 0);
}
