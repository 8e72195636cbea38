/**
 * Keys of requests that have several values, of those that every service or STS knows (rule GR-18);
 * in lower case. Services have more of their own, which are not listed.
 */
const SEVERAL_VALUES: ReadonlySet<string> = new Set([
  "aws:calledvia",
  "aws:principalorgpaths",
  "aws:principalservicenameslist",
  "aws:resourceorgpaths",
  "aws:sourceorgpaths",
  "aws:tagkeys",
  "aws:vpceorgpaths",
  "sts:identitytokenaudience",
  "sts:requestcontextproviders",
  "sts:transitivetagkeys",
]);

/** How many values a condition key has in a request; `unknown` for most keys of single services. */
export function valuesOfKey(key: string): "one" | "several" | "unknown" {
  const folded = key.toLowerCase();
  // `amr` is the claim of OIDC tokens that lists how the user signed in.
  if (SEVERAL_VALUES.has(folded) || folded.endsWith(":amr")) return "several";
  return /^(?:aws|sts):/.test(folded) ? "one" : "unknown";
}

/** Keys for which AWS knows no valid use of wildcards (rule GR-20), in lower case. */
const EXACT_KEYS: ReadonlySet<string> = new Set([
  "aws:principalaccount",
  "aws:principalorgid",
  "aws:resourceaccount",
  "aws:resourceorgid",
  "aws:sourceaccount",
  "aws:sourceorgid",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:vpceaccount",
  "aws:vpceorgid",
]);

/** Whether a key takes whole values only (rule GR-20). */
export function isExactKey(key: string): boolean {
  return EXACT_KEYS.has(key.toLowerCase());
}
