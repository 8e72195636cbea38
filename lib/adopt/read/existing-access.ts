import type { Readable } from "../../access/access-graph";
import type { Tags } from "../../account-map/model/account-map";
import type { AccountLocation } from "../../iam/arn";
import type { PolicyDocument } from "../../iam/policy-document";

/** What exists in some accounts, as IAM returns it. */
export interface ExistingAccess {
  /** By account id. */
  readonly accounts: ReadonlyMap<string, AccountLocation>;
  /** By ARN, sorted; without those that AWS makes for itself. */
  readonly roles: ReadonlyMap<string, ExistingRole>;
  /** Managed policies by ARN, in the version that is in force. */
  readonly policies: ReadonlyMap<string, Readable<PolicyDocument>>;
  /** By ARN. @default - users were not read */
  readonly users?: ReadonlyMap<string, ExistingUser>;
  /** ARNs of the identity providers. @default - providers were not read */
  readonly providers?: ReadonlySet<string>;
  /** Roles that AWS creates, which only AWS can change. */
  readonly leftOut: { readonly serviceLinked: number; readonly reserved: number };
}

/** A role that exists. */
export interface ExistingRole extends AccountLocation {
  /** ARN with path. */
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  /** Empty where it has none. */
  readonly description: string;
  /** Longest session, seconds. */
  readonly maxSessionSeconds: number;
  readonly trust: Readable<PolicyDocument>;
  /** Sorted by name. */
  readonly inline: readonly ExistingPolicy[];
  /** ARNs of the managed policies that are attached, sorted. */
  readonly attached: readonly string[];
  /** ARN of the permissions boundary. @default - none */
  readonly boundary?: string;
  readonly instanceProfiles: readonly ExistingInstanceProfile[];
  readonly tags: Tags;
}

/** An inline policy that exists. */
export interface ExistingPolicy {
  readonly name: string;
  readonly document: Readable<PolicyDocument>;
}

/** An instance profile that exists. */
export interface ExistingInstanceProfile {
  readonly name: string;
  readonly path: string;
}

/** A user that exists. */
export interface ExistingUser extends AccountLocation {
  readonly name: string;
  /** Names of the inline policies, sorted. */
  readonly inline: readonly string[];
}
