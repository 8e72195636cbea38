import { builtInProvider } from "./built-in-provider";
import { mappedClaims } from "./issuer-claims";

/** A condition key of a web identity's token, taken apart. */
export interface ClaimKey {
  /** Without its scheme, in lower case. */
  readonly issuer: string;
  /** As the key writes it; slashes included. */
  readonly claim: string;
}

/**
 * The claim that a condition key stands for (rule OI-01): its prefix is an issuer, with a host name, where AWS's
 * own keys have a service. `undefined` for all other keys.
 */
export function claimOfKey(key: string): ClaimKey | undefined {
  const [, issuer, claim] = /^([^:]+\.[^:]+):(.+)$/.exec(key) ?? [];
  return issuer === undefined || claim === undefined
    ? undefined
    : { issuer: issuer.toLowerCase(), claim };
}

/**
 * Whether AWS documents that it makes a condition key of a claim (rule OI-09): subject and audience, and those that
 * it lists for the issuer.
 */
export function isMappedClaim({ issuer, claim }: ClaimKey): boolean {
  const name = claim.toLowerCase();
  const { subjectKey = "sub", audienceKey = "aud" } = builtInProvider(issuer) ?? {};
  return (
    [subjectKey, audienceKey, "aud", "oaud"].includes(name) ||
    mappedClaims(issuer).some((known) => known.toLowerCase() === name)
  );
}
