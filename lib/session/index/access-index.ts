import type { Partition } from "../../iam/partition";

/** What the file says that it is. */
export const INDEX_FORMAT = "trustwheel-access-index";
/** Raised whenever an older client would understand a new index wrongly. */
export const INDEX_VERSION = 1;
/** Name of the file in the output folder. */
export const INDEX_FILE = "access-index.json";

/**
 * What using the access needs to know: every role, who can assume it, what each hop carries and under which conditions
 * it is open. It holds no policy and no secret: AWS does not take external IDs for secrets. Still, show it to nobody who should
 * not see the map. The same map makes the same bytes.
 */
export interface AccessIndex {
  readonly format: typeof INDEX_FORMAT;
  readonly version: typeof INDEX_VERSION;
  /** SHA-256 of the account map, 64 hexadecimal digits. */
  readonly map: string;
  /** By key, sorted. */
  readonly accounts: Readonly<Record<string, IndexAccount>>;
  /** Sorted by account, then by name. */
  readonly roles: readonly IndexRole[];
}

/** An account of the map. */
export interface IndexAccount {
  readonly id: string;
  readonly partition: Partition;
  readonly region: string;
  /** Path of its OU, `/` for the root. */
  readonly unit: string;
  readonly tags: Readonly<Record<string, string>>;
  /** @default false */
  readonly management?: true;
}

/** A role of the map. */
export interface IndexRole {
  /** Key of its account. */
  readonly account: string;
  /** Name in IAM, without path: the part of `ROLE@ACCOUNT` in front of the `@`. */
  readonly name: string;
  /** What the map calls it. */
  readonly key: string;
  readonly kind: "hub" | "spoke" | "chain" | "pipeline";
  /** ARN with path. */
  readonly arn: string;
  /** Longest session when it is not assumed by another role, seconds; through another role it is an hour (rule ID-17). */
  readonly maxSessionSeconds: number;
  /** Every declared way to assume it. */
  readonly entries: readonly IndexEntry[];
}

/** Who can assume a role, what they pass, and when. */
export interface IndexEntry {
  /** What the map calls it: the principal's key, or the words of the role that assumes it. */
  readonly name: string;
  readonly from: EntrySource;
  /** Sids of the statements of the trust policy that are about it. */
  readonly statements: readonly string[];
  /** External IDs, one of which is passed, the current one first. @default - none */
  readonly externalIds?: readonly string[];
  /** @default - none can be set */
  readonly sourceIdentity?: CarriedIdentity;
  /** Session tags that can be passed or are carried on. @default - none */
  readonly tags?: readonly CarriedTag[];
  /** @default - none */
  readonly conditions?: EntryConditions;
  /** Who makes the caller's permission to assume the role. `none`: the caller needs none. @default "map" */
  readonly permission?: "map" | "owner" | "none";
}

/** Where a value that a call carries comes from. */
export type ValueSource =
  /** The caller chooses it among the values that are allowed. */
  | { readonly kind: "choice" }
  /** The session that calls has it already; STS passes it on. */
  | { readonly kind: "carried" }
  /** Always this value. */
  | { readonly kind: "literal"; readonly value: string }
  /** The name of the IAM user that calls. */
  | { readonly kind: "userName" }
  /** The name of the session that calls, such as the user name in IAM Identity Center. */
  | { readonly kind: "sessionName" }
  /** A tag of the caller: an attribute that an identity provider asserts. */
  | { readonly kind: "principalTag"; readonly key: string }
  /** The token or assertion holds it; the call passes nothing. */
  | { readonly kind: "assertion" };

/** A source identity that a call sets or passes on. */
export interface CarriedIdentity {
  readonly from: ValueSource;
  /** Patterns with `*` and `?`, one of which it matches. Empty: any. */
  readonly values: readonly string[];
  /** Whether the role cannot be assumed without one. */
  readonly required: boolean;
}

/** A session tag that a call can pass or passes on. */
export interface CarriedTag {
  readonly key: string;
  readonly from: ValueSource;
  /** Patterns with `*` and `?`. Empty: any value. */
  readonly values: readonly string[];
  readonly transitive: boolean;
}

/** What must be true of a call. Addresses and endpoints are alternatives (rule CK-13). */
export interface EntryConditions {
  /** Greatest age in seconds, or `true` for any. @default - not asked for */
  readonly mfa?: number | true;
  /** Addresses and ranges. @default - from anywhere */
  readonly sourceIps?: readonly string[];
  /** @default - from anywhere */
  readonly vpcEndpoints?: readonly string[];
  /** ISO 8601. @default - from always */
  readonly notBefore?: string;
  /** ISO 8601. @default - for ever */
  readonly notAfter?: string;
}

/** Who calls. Patterns have `*` and `?`. */
export type EntrySource =
  /** Roles and users by their ARNs with path. */
  | { readonly kind: "role" | "user"; readonly arns: readonly string[] }
  /** Sessions of a permission set: a pattern of the ARNs of its roles. */
  | {
      readonly kind: "permissionSet";
      readonly account: string;
      readonly name: string;
      readonly arn: string;
    }
  /** Whoever the account's administrators permit. */
  | { readonly kind: "account"; readonly id: string }
  /** Whoever is in an OU. */
  | { readonly kind: "organizationalUnit"; readonly path: string }
  /** A token of an OIDC provider; `audience` is what a token is asked for with. */
  | {
      readonly kind: "webIdentity";
      readonly issuer: string;
      readonly subjects: readonly string[];
      readonly audience?: string;
    }
  | { readonly kind: "saml"; readonly provider: string }
  /** AWS hands the session out itself: an instance, a pod, a function, a certificate. */
  | { readonly kind: "service"; readonly service: string };
