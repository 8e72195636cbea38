/**
 * Whether an issuer, without its scheme and in lower case, is GitHub's; an enterprise can have one of its own, with
 * its name behind (rule OI-03).
 */
export function isGithubIssuer(issuer: string): boolean {
  return /^token\.actions\.githubusercontent\.com(?:\/|$)/.test(issuer);
}
