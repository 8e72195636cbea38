import type { AccessLevel } from "../../iam/escalation/action-access";
import type { Direction, PrincipalName, ComparisonResult } from "./direction";
import type { TrustChange, TrustedEntry, WitnessText } from "./trust-change";
import type { EdgeChange, ReachChange } from "./way-change";

export type {
  Direction,
  EdgeChange,
  PrincipalName,
  ReachChange,
  TrustChange,
  TrustedEntry,
  ComparisonResult,
  WitnessText,
};

/**
 * One change of access between two trees of Terraform, about one subject in one account: the closed list of
 * what a review can say. Kinds are ordered by how much they matter to a reviewer.
 */
export type AccessChange =
  | ReachChange
  | EdgeChange
  | TrustChange
  | PermissionChange
  | EscalationChange
  | SessionChange
  | BoundaryChange
  | ExternalIdChange
  | ExistenceChange
  | ReplacementChange
  | AssertionChange
  | QuotaChange
  | SafeguardChange
  | PipelineChange
  | ProviderChange
  | InstanceProfileChange
  | TerraformChange
  | UnknownChange;

/** Actions of one service that an identity gained or lost, by what they do. */
export interface ActionsOfService {
  /** Prefix such as `s3`; `*` for all services. */
  readonly service: string;
  readonly levels: readonly (AccessLevel | "unknown")[];
  /** Action patterns as the policies write them, sorted. */
  readonly actions: readonly string[];
}

/** What a role or user is permitted, policies and boundary together. */
export interface PermissionChange {
  readonly kind: "permissions";
  /** ARN of the role or user. */
  readonly identity: string;
  readonly change: ComparisonResult;
  readonly gained: readonly ActionsOfService[];
  readonly lost: readonly ActionsOfService[];
  /** The part of `gained` that managed policies that are attached do not give. @default - all of it */
  readonly gainedOtherwise?: readonly ActionsOfService[];
  /** The part of `lost` that does not go with managed policies that are detached. @default - all of it */
  readonly lostOtherwise?: readonly ActionsOfService[];
  /** ARNs of managed policies that were attached. */
  readonly attached: readonly string[];
  readonly detached: readonly string[];
  /** Requests that show it, one a direction. @default - the statements themselves show it */
  readonly witness?: { readonly gained?: WitnessText; readonly lost?: WitnessText };
  /** @default - decided */
  readonly reason?: string;
}

/** Ways of a role to gain permissions that it was not given (rules N1 to N4), once for the role. */
export interface EscalationChange {
  readonly kind: "escalation";
  readonly direction: Direction;
  readonly role: string;
  /** Whether the role is administrator on the side that has the ways: it was given everything. @default false */
  readonly administrator?: true;
  /** The ways that only this side has, the first of the paths first. Never none. */
  readonly ways: readonly {
    readonly actions: readonly string[];
    /** Names of the policies that open it. */
    readonly sources: readonly string[];
  }[];
}

/** How long sessions of a role last at most, seconds. */
export interface SessionChange {
  readonly kind: "session";
  readonly role: string;
  readonly before: number;
  readonly after: number;
}

/** The permissions boundary of a role or user. */
export interface BoundaryChange {
  readonly kind: "boundary";
  readonly identity: string;
  /** Its ARN. @default - there was none */
  readonly before?: string;
  /** @default - there is none */
  readonly after?: string;
  /** How the access below it changes: removing a boundary widens it. */
  readonly change: ComparisonResult;
  readonly reason?: string;
}

/** The values that a trust policy accepts for `sts:ExternalId`. */
export interface ExternalIdChange {
  readonly kind: "external-id";
  readonly role: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Whether some statement allowed callers without an external ID before, and does after. */
  readonly openBefore: boolean;
  readonly openAfter: boolean;
}

/** A role, user, instance profile or identity provider that only one tree has. */
export interface ExistenceChange {
  readonly kind: "existence";
  readonly what: "role" | "user" | "instance-profile" | "provider" | "account";
  readonly direction: Direction;
  /** ARN, or the account's id. */
  readonly arn: string;
  /**
   * Roles that base makes in an account that head no longer has a stack for: nobody destroys them, so they
   * stay with the trust that they had. @default - none stay
   */
  readonly abandonedRoles?: number;
}

/** A role that Terraform destroys and creates again: policies that name it by ARN no longer allow it (rules TR-10 to TR-12). */
export interface ReplacementChange {
  readonly kind: "replacement";
  /** ARN before and after; the same where only its address changed. */
  readonly before: string;
  readonly after: string;
  /** ARNs of roles whose trust policies name it as a principal: they lose it, an error. */
  readonly trustedByArn: readonly string[];
  /** ARNs of roles that are reached through it and are not while it is replaced. */
  readonly interrupted: readonly string[];
}

/** An assertion of the base's map that holds in base and would not in head. */
export interface AssertionChange {
  readonly kind: "assertion";
  /** The assertion in words. */
  readonly assertion: string;
  readonly message: string;
}

/** An IAM quota that head nearly uses up, and base did not. */
export interface QuotaChange {
  readonly kind: "quota";
  readonly subject: string;
  /** Rule id such as ID-19. */
  readonly rule: string;
  readonly used: number;
  readonly limit: number;
  /** What is counted, such as `characters of the trust policy`. */
  readonly unit: string;
}

/** A safeguard was changed: what decides about changes. */
export interface SafeguardChange {
  readonly kind: "safeguard";
  readonly what:
    | "gate-rule"
    | "assertion"
    | "acknowledgement"
    | "control-policies"
    | "place"
    /** Files of the program that makes the Terraform, or that run it: what they do is not compared. */
    | "program"
    /** Files that are deployed or proved by, and that no comparison shows: import blocks, control policies. */
    | "data"
    /** Committed files in a folder that only tools write: blocks whatever a rule says. */
    | "tool-files";
  readonly direction: Direction | "edited";
  /** Name of the rule, or the thing in words; of a `place` the account with its key and unit before and after. */
  readonly name: string;
  /** From the top of the repository, sorted. @default - it is not about files */
  readonly files?: readonly string[];
}

/** The pipeline that applies changes loses its own access. */
export interface PipelineChange {
  readonly kind: "pipeline";
  /** ARN of the role that it loses. */
  readonly role: string;
  readonly message: string;
}

/** Whose tokens or assertions an identity provider accepts. */
export interface ProviderChange {
  readonly kind: "provider";
  /** ARN of the provider. */
  readonly provider: string;
  /** Audiences of an OpenID Connect provider, or the metadata of a SAML provider. */
  readonly what: "client-ids" | "metadata";
  /** Audiences that are accepted now and were not; none for metadata. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Metadata that is another is `changed`: it may be of another identity provider. */
  readonly change: ComparisonResult;
  /** @default - decided */
  readonly reason?: string;
}

/** The role that instances get by an instance profile: those that run get the new one, too. */
export interface InstanceProfileChange {
  readonly kind: "instance-profile";
  /** ARN of the profile. */
  readonly profile: string;
  /** ARN of its role. @default - it is not known */
  readonly before?: string;
  /** @default - it is not known */
  readonly after?: string;
}

/** A part of a stack that is no access that is read, and differs. */
export interface TerraformChange {
  readonly kind: "terraform";
  readonly stack: string;
  /** Account of the stack, as base has it. @default - it has none, or several */
  readonly account?: string;
  /** Such as `provider.aws`, `terraform.backend` or `aws_s3_bucket_policy.logs`. */
  readonly address: string;
  readonly direction: Direction | "edited";
  /** Names of the attributes that differ; none for what comes or goes. */
  readonly attributes: readonly string[];
  readonly concerns: TerraformConcern;
}

/** What a part of a stack is about. */
export type TerraformConcern =
  /** As whom, where and by what code changes are carried out: providers, variables, state, versions. */
  | "deployment"
  /** Tags, which no policy of either side tests. */
  | "tags"
  /** What it does or gives is not read, so that it is not known. */
  | "unread";

/** Something that could not be compared: never taken for no change. */
export interface UnknownChange {
  readonly kind: "unknown";
  /** ARN, stack or file. */
  readonly subject: string;
  readonly reason: string;
}
