/** What the callers of a principal can, or must, set as source identity (rules CK-21, TR-17). */
export type SourceIdentityCondition = DeclaredIdentity | { readonly bound: BoundIdentity };

/** Values that the caller can choose from. */
export interface DeclaredIdentity {
  /** With `*` and `?` as wildcards. */
  readonly values: readonly string[];
  readonly required: boolean;
}

/**
 * What AWS asserts about a caller, with which its source identity must agree; always required.
 *
 * - `user-name`: the name of the IAM user
 * - `session-name`: the name of the session, which IAM Identity Center takes from its user
 * - `attribute`: a tag of the session that IAM Identity Center sets from an attribute for access control
 * - `provider`: what the SAML assertion or the OIDC token says
 */
export type BoundIdentity =
  | { readonly by: "user-name" | "session-name" | "provider" }
  | { readonly by: "attribute"; readonly key: string };

/** Whether a caller must have a source identity. */
export function requiresIdentity(condition: SourceIdentityCondition | undefined): boolean {
  return condition !== undefined && ("bound" in condition || condition.required);
}
