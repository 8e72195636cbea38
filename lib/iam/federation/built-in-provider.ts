/** An identity provider that AWS itself knows: named by its host, without a resource in any account. */
export interface BuiltInProvider {
  /** Its host, which is both the Federated principal and the prefix of its condition keys. */
  readonly host: string;
  /** Its name for people. */
  readonly name: string;
  /** The condition key, behind the host and a colon, of whom the token is about. */
  readonly subjectKey: string;
  /** The condition key, likewise, of whom the token is made for. */
  readonly audienceKey: string;
  /** What the audience is, in words, with an example. */
  readonly audience: { readonly what: string; readonly example: string };
  /**
   * Whether the audience is fixed by the provider for one owner, such as a pool or an app, so that a principal
   * may be bound to it without a subject. Google's callers choose the audience themselves.
   */
  readonly audienceHasOwner: boolean;
}

/**
 * AWS's built-in providers (rule OI-02). Google's `oaud` is the token's `aud`, whether `azp` is set or not;
 * Login with Amazon and Facebook have no `sub` and `aud`.
 *
 * Source: IAM User Guide, reference_policies_elements_principal (web identity principals) and
 * reference_policies_iam-condition-keys (keys for OIDC federation).
 */
export const BUILT_IN_PROVIDERS: readonly BuiltInProvider[] = [
  {
    host: "accounts.google.com",
    name: "Google",
    subjectKey: "sub",
    audienceKey: "oaud",
    audience: { what: "the `aud` of Google's ID token", example: "aws-deployments" },
    audienceHasOwner: false,
  },
  {
    host: "cognito-identity.amazonaws.com",
    name: "Amazon Cognito identity pools",
    subjectKey: "sub",
    audienceKey: "aud",
    audience: {
      what: "the ID of the identity pool",
      example: "eu-central-1:01234567-89ab-cdef-0123-456789abcdef",
    },
    audienceHasOwner: true,
  },
  {
    host: "graph.facebook.com",
    name: "Facebook",
    subjectKey: "id",
    audienceKey: "app_id",
    audience: { what: "the ID of the Facebook app", example: "1234567890" },
    audienceHasOwner: true,
  },
  {
    host: "www.amazon.com",
    name: "Login with Amazon",
    subjectKey: "user_id",
    audienceKey: "app_id",
    audience: { what: "the ID of the Login with Amazon app", example: "amzn1.application.0123" },
    audienceHasOwner: true,
  },
];

/** The built-in provider of an issuer without its scheme; `undefined` for all others. */
export function builtInProvider(issuer: string): BuiltInProvider | undefined {
  const host = issuer.toLowerCase();
  return BUILT_IN_PROVIDERS.find((provider) => provider.host === host);
}
