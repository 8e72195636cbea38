import type { AccountLocation } from "../iam/arn";
import type { PolicyDocument } from "../iam/policy-document";
import type { Unread } from "./unread/unread";

/** Something that was read, or why it could not be. */
export type Readable<T> =
  { readonly known: true; readonly value: T } | { readonly known: false; readonly reason: string };

/** A policy that permits, or bounds what is permitted. */
export interface PermissionPolicy {
  /** Name of an inline policy, ARN of a managed one. */
  readonly name: string;
  readonly kind: "inline" | "managed";
  readonly document: Readable<PolicyDocument>;
  /** Which managed policy it is, is not known: its name is the address that attaches it. @default - it is known */
  readonly anonymous?: true;
}

/** Where a node stands in the Terraform. */
interface TerraformPlace {
  readonly stack: string;
  /** Address of the resource, such as `aws_iam_role.hub`. */
  readonly address: string;
}

/** A user or role: who it is and what it is permitted. */
interface Identity extends TerraformPlace, AccountLocation {
  /** ARN with path. */
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  /** All policies that are attached, inline and managed, in the order of the Terraform. */
  readonly policies: readonly PermissionPolicy[];
  /** @default - no boundary */
  readonly boundary?: PermissionPolicy;
  /** Whether policies that are not in the Terraform are taken away: inline, and attached ones. */
  readonly exclusive: { readonly inline: boolean; readonly managed: boolean };
  /** All of its tags, with those that the provider adds. @default - they are not known */
  readonly tags?: Readable<Readonly<Record<string, string>>>;
}

/** A role. */
export interface RoleNode extends Identity {
  readonly trust: Readable<PolicyDocument>;
  /** Seconds; 3600 where the Terraform says nothing (rule ID-15). */
  readonly maxSessionDuration: number;
}

/** An IAM user. */
export type UserNode = Identity;

/** An IAM group. What it is permitted, its users are: they have its policies. */
export interface GroupNode extends TerraformPlace, AccountLocation {
  /** ARN with path. */
  readonly arn: string;
  readonly name: string;
}

/** A customer managed policy that the Terraform makes. */
export interface PolicyNode extends TerraformPlace, AccountLocation {
  readonly arn: string;
  readonly document: Readable<PolicyDocument>;
  /** Whether something in the Terraform attaches it, or has it as boundary. */
  readonly isUsed: boolean;
}

/** A policy on a user or role that the Terraform does not make: what else it is permitted is not known. */
export interface GrantNode extends TerraformPlace, AccountLocation {
  readonly kind: "role" | "user";
  /** Name of the user or role, without its path, which the Terraform does not say. */
  readonly name: string;
  readonly policy: PermissionPolicy;
}

/** An instance profile. */
export interface InstanceProfileNode extends TerraformPlace, AccountLocation {
  readonly arn: string;
  /** ARN of the role in it; not known where the role is not in the Terraform. */
  readonly role: Readable<string>;
}

/** An identity provider of OpenID Connect. */
export interface OidcProviderNode extends TerraformPlace, AccountLocation {
  readonly kind: "oidc";
  readonly arn: string;
  /** The issuer, as it is written. */
  readonly url: string;
  /** The audiences whose tokens are taken, in the order of the Terraform. */
  readonly clientIds: Readable<readonly string[]>;
  /** Certificates that are trusted besides those of known authorities, as a configuration pins them. @default - none */
  readonly thumbprints?: Readable<readonly string[]>;
}

/** An identity provider of SAML. */
export interface SamlProviderNode extends TerraformPlace, AccountLocation {
  readonly kind: "saml";
  readonly arn: string;
  /** Text of the metadata, which says whose assertions are taken. */
  readonly metadata: Readable<string>;
}

/** An identity provider, as Federated principals name it. */
export type ProviderNode = OidcProviderNode | SamlProviderNode;

/** All accounts, identities and providers that some synthesized Terraform makes, by ARN. */
export interface AccessGraph {
  /** By account id. */
  readonly accounts: ReadonlyMap<string, AccountLocation>;
  readonly roles: ReadonlyMap<string, RoleNode>;
  readonly users: ReadonlyMap<string, UserNode>;
  /** @default - there are none */
  readonly groups?: ReadonlyMap<string, GroupNode>;
  /** Customer managed policies, by ARN. @default - there are none */
  readonly policies?: ReadonlyMap<string, PolicyNode>;
  readonly grants: readonly GrantNode[];
  readonly instanceProfiles: ReadonlyMap<string, InstanceProfileNode>;
  readonly providers: ReadonlyMap<string, ProviderNode>;
  /** What was not read, and what it could change. @default - all was */
  readonly unread?: readonly Unread[];
}
