/**
 * Issuers whose tokens customers of many companies get, and the claim by which IAM asks a trust policy to say whose
 * are meant: without a test of it, IAM refuses to create the role or to change its trust policy (rule OI-04).
 *
 * Source: IAM User Guide, id_roles_providers_oidc_secure-by-default.
 */
const REQUIRED_CLAIMS: ReadonlyMap<string, "sub" | "aud"> = new Map([
  ["agent.buildkite.com", "sub"],
  ["api.pulumi.com/oidc", "aud"],
  ["app.terraform.io", "sub"],
  ["cognito-identity.amazonaws.com", "aud"],
  ["gitlab.com", "sub"],
  ["oidc-configuration.audit-log.githubusercontent.com", "sub"],
  ["oidc.codefresh.io", "sub"],
  ["oidc.vercel.com", "aud"],
  ["proidc.upbound.io", "sub"],
  ["sandboxes.cloud", "aud"],
  ["scalr.io", "sub"],
  ["studio.datachain.ai/api", "sub"],
  ["token.actions.githubusercontent.com", "sub"],
  ["tokens.cloud.shisho.dev", "sub"],
  ["vstoken.actions.githubusercontent.com", "sub"],
]);

/**
 * The claim that a trust policy must test for an issuer that many share; `undefined` for all other issuers.
 *
 * @param issuer without its scheme, in lower case
 */
export function requiredClaim(issuer: string): "sub" | "aud" | undefined {
  return REQUIRED_CLAIMS.get(issuer);
}
