import type { FindingId } from "../diagnostics/findings/finding-id";

declare const brand: unique symbol;

/** A string that was checked at the edge: inside, nobody has to ask again whether it is one. */
type Brand<Name extends string> = string & { readonly [brand]: Name };

/** A 12-digit AWS account ID (rule ID-01). */
export type AccountId = Brand<"AccountId">;
/** An organization's id, such as `o-exampleorg1` (rule ID-02). */
export type OrganizationId = Brand<"OrganizationId">;
/** The name of an IAM role, without its path (rule ID-05). */
export type RoleName = Brand<"RoleName">;
/** The path of an IAM role, with a slash at both ends (rule ID-07). */
export type RolePath = Brand<"RolePath">;
/** The name of a region, such as `eu-central-1` (rule PT-04). */
export type Region = Brand<"Region">;

/** What an identifier may look like, and how to say so to a person. */
export interface IdentifierRule {
  readonly rule: FindingId;
  readonly pattern: RegExp;
  /** What is allowed, in words that end a sentence of the form "must be ...". */
  readonly allowed: string;
}

/** The identifiers of IAM, STS and Organizations, as botocore's service models have them. */
export const IDENTIFIER_RULES = {
  accountId: { rule: "ID-01", pattern: /^\d{12}$/, allowed: "a quoted string of 12 digits" },
  organizationId: {
    rule: "ID-02",
    pattern: /^o-[a-z0-9]{10,32}$/,
    allowed: "`o-` and 10 to 32 lower-case letters or digits",
  },
  rootId: {
    rule: "ID-03",
    pattern: /^r-[0-9a-z]{4,32}$/,
    allowed: "`r-` and 4 to 32 lower-case letters or digits",
  },
  organizationalUnitId: {
    rule: "ID-03",
    pattern: /^ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}$/,
    allowed: "an ID such as `ou-ab12-cdefgh34`, not a name",
  },
  roleName: {
    rule: "ID-05",
    pattern: /^[A-Za-z0-9_+=,.@-]{1,64}$/,
    allowed: "1 to 64 ASCII letters, digits or any of `_+=,.@-`",
  },
  rolePath: {
    rule: "ID-07",
    pattern: /^(?:\/|\/[\u0021-\u007E]{1,510}\/)$/,
    allowed: "`/` or up to 512 printable characters that begin and end with `/`",
  },
  policyPath: {
    rule: "ID-08",
    pattern: /^(?:\/[A-Za-z0-9.,+@=_-]+)*\/$/,
    allowed: "segments of letters, digits and `.,+@=_-` that begin and end with `/`",
  },
  roleDescription: {
    rule: "ID-11",
    // eslint-disable-next-line no-control-regex -- tab and line ends are allowed
    pattern: /^[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]{0,1000}$/,
    allowed: "up to 1000 characters of Latin-1: no dashes or quotes of typography, no emoji",
  },
  externalId: {
    rule: "ID-12",
    pattern: /^[A-Za-z0-9_+=,.@:/-]{2,1224}$/,
    allowed: "2 to 1224 ASCII letters, digits or any of `_+=,.@:/-`, without spaces",
  },
  sourceIdentity: {
    rule: "ID-14",
    pattern: /^(?!aws:)[A-Za-z0-9_+=,.@*?-]{1,64}$/,
    allowed: "up to 64 ASCII letters, digits or any of `_+=,.@-` (and `*`, `?` as wildcards)",
  },
  userName: {
    rule: "ID-06",
    pattern: /^[A-Za-z0-9_+=,.@-]{1,64}$/,
    allowed: "1 to 64 ASCII letters, digits or any of `_+=,.@-`",
  },
  instanceProfileName: {
    rule: "ID-27",
    pattern: /^[A-Za-z0-9_+=,.@-]{1,128}$/,
    allowed: "1 to 128 ASCII letters, digits or any of `_+=,.@-`",
  },
  samlProviderName: {
    rule: "ID-34",
    pattern: /^[A-Za-z0-9_.-]{1,128}$/,
    allowed: "1 to 128 ASCII letters, digits or any of `_.-`",
  },
  policyName: {
    rule: "ID-35",
    pattern: /^[A-Za-z0-9_+=,.@-]{1,128}$/,
    allowed: "1 to 128 ASCII letters, digits or any of `_+=,.@-`",
  },
  permissionSetName: {
    rule: "ID-36",
    pattern: /^[A-Za-z0-9_+=,.@-]{1,32}$/,
    allowed: "1 to 32 ASCII letters, digits or any of `_+=,.@-`",
  },
  permissionSetPattern: {
    rule: "ID-36",
    pattern: /^[A-Za-z0-9_+=,.@*?-]{1,32}$/,
    allowed: "1 to 32 ASCII letters, digits, any of `_+=,.@-`, and `*` or `?` as wildcards",
  },
  tagKey: {
    rule: "ID-29",
    pattern: /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u,
    allowed: "1 to 128 letters, digits, spaces or any of `_.:/=+-@`, not beginning with `aws:`",
  },
  tagValue: {
    rule: "ID-29",
    pattern: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u,
    allowed: "up to 256 letters, digits, spaces or any of `_.:/=+-@`",
  },
  oidcUrl: {
    rule: "ID-32",
    pattern: /^https:\/\/[A-Za-z0-9.-]+(?:\/[A-Za-z0-9._~/-]*)?$/,
    allowed: "an `https://` URL of at most 255 characters without port and query",
  },
} as const satisfies Record<string, IdentifierRule>;

/** Names of the rules above. */
export type IdentifierKind = keyof typeof IDENTIFIER_RULES;
