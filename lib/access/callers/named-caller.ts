import { nameInArn } from "../../iam/arn";
import type { GithubCaller } from "./github-caller";
import { namePart } from "./name-part";
import type { NamePart } from "./name-part";

/**
 * A caller as a person would name it, taken apart. A part that is missing is not tested: it can be anything, so
 * that a repository or a subject without restriction shows as what it is.
 */
export type NamedCaller =
  /** Every principal of every account. */
  | { readonly kind: "anyone" }
  /** Every principal in an organization. */
  | { readonly kind: "organization"; readonly organization: NamePart }
  /** Every principal in an organizational unit: `o-.../r-.../ou-.../`, with `*` behind it also below it. */
  | { readonly kind: "organizational-unit"; readonly path: NamePart }
  /** Every user and role of an account that the account allows to assume roles (rule TR-13). */
  | { readonly kind: "account"; readonly accountId: string }
  | IdentityCaller
  /** Users and roles whose ARN matches a pattern that is not of one kind in one account. */
  | { readonly kind: "arn-pattern"; readonly pattern: string }
  /** One session of a role. */
  | {
      readonly kind: "role-session";
      readonly accountId: string;
      readonly role: string;
      readonly session: string;
    }
  /** An AWS service, for the resource and account that it names as its source. */
  | {
      readonly kind: "service";
      readonly service: string;
      readonly sourceArn?: NamePart;
      readonly sourceAccount?: NamePart;
    }
  /** EC2 instances with the role's instance profile (rules EC-01 to EC-03). */
  | {
      readonly kind: "ec2-instances";
      readonly service: string;
      readonly sourceArn?: NamePart;
      readonly sourceAccount?: NamePart;
    }
  /** Pods, by EKS Pod Identity (rule OI-15). */
  | {
      readonly kind: "pods";
      readonly clusterArn?: NamePart;
      readonly namespace?: NamePart;
      readonly serviceAccount?: NamePart;
    }
  /** Workloads with a certificate, by IAM Roles Anywhere; `certificate` has fields such as `x509Subject/CN`. */
  | {
      readonly kind: "roles-anywhere";
      readonly trustAnchorArn?: NamePart;
      readonly certificate: Readonly<Record<string, NamePart>>;
    }
  | GithubCaller
  /** A token of an OpenID Connect provider. */
  | {
      readonly kind: "oidc";
      /** As the policy names it: an ARN, or a host name. */
      readonly provider: string;
      readonly issuer: string;
      readonly subject?: NamePart;
    }
  /** An assertion of a SAML provider; attributes by key, such as `SAML:sub`. */
  | {
      readonly kind: "saml";
      readonly provider: string;
      readonly attributes: Readonly<Record<string, NamePart>>;
    }
  /** What IAM would refuse, or what has no other form, as it is written. */
  | { readonly kind: "other"; readonly text: string };

/** A user, a role, or a permission set of IAM Identity Center in an account; a name can be a pattern. */
export interface IdentityCaller {
  readonly kind: "user" | "role" | "permission-set";
  readonly accountId: string;
  /** Without path; a pattern with its path. */
  readonly name: NamePart;
}

const IDENTITY = /^arn:[^:*?]+:iam::(?<accountId>\d{12}):(?<kind>user|role)\/(?<name>.+)$/s;
/** The role of a permission set, with the suffix that AWS gives it, or any (rules SSO-01 to SSO-04). */
const PERMISSION_SET = /^AWSReservedSSO_(?<name>.+?)_(?:[0-9a-f]{16}|\?{16}|x{16}|\*)$/;

/** The user or role that an ARN, or a pattern of ARNs, names. */
export function callerOfArn(arn: string, readsWildcards = true): NamedCaller {
  const { accountId, kind, name } = IDENTITY.exec(arn)?.groups ?? {};
  if (accountId === undefined || name === undefined) return { kind: "arn-pattern", pattern: arn };
  const last = nameInArn(name);
  const set = kind === "role" ? permissionSetName(last) : undefined;
  if (set !== undefined) {
    return { kind: "permission-set", accountId, name: namePart(set, readsWildcards) };
  }
  const isPattern = readsWildcards && /[*?]/.test(name);
  return {
    kind: kind === "user" ? "user" : "role",
    accountId,
    name: isPattern ? { like: name } : { equals: last },
  };
}

/** The permission set whose role has a name; `undefined` for other roles. */
export function permissionSetName(roleName: string): string | undefined {
  return PERMISSION_SET.exec(roleName)?.groups?.name;
}
