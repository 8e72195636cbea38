import type { Partition } from "../../iam/partition";
import type { OrganizationId } from "../../iam/identifier";

/** What trust needs to know of an account. */
export interface AccountIdentity {
  readonly id: string;
  readonly partition: Partition;
  /** @default - trust is bound to the account's ID alone */
  readonly organization?: { readonly id: OrganizationId };
}

/** Who may assume a role. Accounts are resolved; `undefined` stands for the account of the role that is assumed. */
export type Principal =
  | UserPrincipal
  | RolePrincipal
  | AccountPrincipal
  | PermissionSetPrincipal
  | GithubActionsPrincipal
  | OidcPrincipal
  | SamlPrincipal
  | InstanceProfilePrincipal
  | PodIdentityPrincipal
  | ServicePrincipal
  | RolesAnywherePrincipal
  | OrganizationalUnitPrincipal
  | ForeignAccountPrincipal;

/** The kinds of principals, as the map spells them. */
export type PrincipalKind = Principal["kind"];

/** IAM users of a mapped account. */
export interface UserPrincipal {
  readonly kind: "user";
  readonly account: AccountIdentity | undefined;
  readonly names: readonly string[];
  readonly path: string;
  /** Whether the users are made; an access key never is. */
  readonly create: boolean;
}

/** IAM roles of a mapped account that exist or that this map makes. */
export interface RolePrincipal {
  readonly kind: "role";
  readonly account: AccountIdentity | undefined;
  readonly names: readonly string[];
  readonly path: string;
}

/** Everyone whom the administrators of a mapped account permit (rule TR-13). */
export interface AccountPrincipal {
  readonly kind: "account";
  readonly account: AccountIdentity | undefined;
}

/** A permission set of IAM Identity Center; `pattern` is its name, or a pattern of names (rules SSO-01 to SSO-04). */
export interface PermissionSetPrincipal {
  readonly kind: "permissionSet";
  readonly account: AccountIdentity | undefined;
  readonly pattern: string;
}

/** GitHub Actions (rules OI-04 to OI-09). */
export interface GithubActionsPrincipal {
  readonly kind: "githubActions";
  readonly owner: string;
  readonly repository: string;
  readonly branches: readonly string[];
  readonly tags: readonly string[];
  readonly environments: readonly string[];
  readonly pullRequest: boolean;
  readonly refs: readonly string[];
  readonly subject: "legacy" | "immutable" | "both";
  /** @default - only for the legacy form of the subject */
  readonly ids?: { readonly owner: string; readonly repository: string };
  readonly provider: OidcProvider;
}

/** Any other OIDC provider, of the account or built into AWS (rule OI-02). */
export interface OidcPrincipal {
  readonly kind: "oidc";
  readonly provider: OidcProvider;
  /** None only where the audience belongs to one owner, such as a pool of Cognito. */
  readonly subjects: readonly string[];
  readonly audiences: readonly string[];
  /** By the names that tokens give them, slashes included. */
  readonly claims: ReadonlyMap<string, readonly string[]>;
}

/** A SAML provider (rule SA-01). */
export interface SamlPrincipal {
  readonly kind: "saml";
  readonly provider: SamlProvider;
  readonly attributes: ReadonlyMap<string, readonly string[]>;
}

/** EC2 instances that carry the role (rules EC-01 to EC-03). */
export interface InstanceProfilePrincipal {
  readonly kind: "instanceProfile";
  /** @default - the role's name */
  readonly profileName: string | undefined;
}

/** Pods, by EKS Pod Identity (rule OI-15). */
export interface PodIdentityPrincipal {
  readonly kind: "podIdentity";
  readonly clusterArn: string | undefined;
  readonly namespace: string | undefined;
  readonly serviceAccount: string | undefined;
}

/** An AWS service. */
export interface ServicePrincipal {
  readonly kind: "service";
  /** `lambda` or `lambda.amazonaws.com`. */
  readonly service: string;
  readonly sourceArns: readonly string[];
  readonly sourceAccount: boolean;
}

/** Workloads with certificates, by IAM Roles Anywhere. */
export interface RolesAnywherePrincipal {
  readonly kind: "rolesAnywhere";
  readonly trustAnchorArn: string;
  readonly commonNames: readonly string[];
  readonly organizationalUnits: readonly string[];
}

/** Everyone in an OU (rule CK-05). */
export interface OrganizationalUnitPrincipal {
  readonly kind: "organizationalUnit";
  readonly organization: { readonly id: OrganizationId };
  /** `o-.../r-.../ou-.../`, with the slash at its end (rule ID-04). */
  readonly orgPath: string;
  readonly includeChildren: boolean;
}

/** An account that the map does not hold. */
export interface ForeignAccountPrincipal {
  readonly kind: "foreignAccount";
  readonly accountId: string;
  /** @default - the partition of the role that is assumed */
  readonly partition: Partition | undefined;
  /** `role/NAME` or `user/NAME`, with path. @default - whoever that account permits */
  readonly entity: string | undefined;
  /** Id of the organization that it is in, or `none`. @default - not known */
  readonly organization?: string;
  readonly reason: string;
}

/** An OIDC provider. */
export interface OidcProvider {
  /** Key in the map; `github` where the map names none. */
  readonly key: string;
  readonly kind: "oidc";
  readonly url: string;
  /** None for a provider that is built into AWS, where neither the map nor the provider says one. */
  readonly audiences: readonly string[];
  /** Whether it is made in every account where a role trusts it. */
  readonly create: boolean;
}

/** A SAML provider. */
export interface SamlProvider {
  readonly key: string;
  readonly kind: "saml";
  readonly name: string;
  readonly create: boolean;
  /** Text of the metadata document, where the provider is made. */
  readonly metadata: string | undefined;
}

/** Conditions of one principal. All that are given must hold; `sourceIps` and `vpcEndpoints` are alternatives (rule CK-13). */
export interface PrincipalConditions {
  /** Age in seconds, or `true` for any age. @default - not asked for */
  readonly mfa?: number | true;
  readonly sourceIps: readonly string[];
  readonly vpcEndpoints: readonly string[];
  /** @default - from always */
  readonly notBefore?: string;
  /** @default - for ever */
  readonly notAfter?: string;
  /** @default - none may be set */
  readonly sourceIdentity?: { readonly values: readonly string[]; readonly required: boolean };
  readonly sessionTags: readonly SessionTag[];
  readonly externalIds: readonly string[];
}

/** Nothing is asked of a principal. */
export const NO_CONDITIONS: PrincipalConditions = {
  sourceIps: [],
  vpcEndpoints: [],
  sessionTags: [],
  externalIds: [],
};

/** A session tag that may be passed. */
export interface SessionTag {
  readonly key: string;
  /** @default - any value */
  readonly values: readonly string[];
  readonly transitive: boolean;
}
