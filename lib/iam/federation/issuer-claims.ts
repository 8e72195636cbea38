import { builtInProvider } from "./built-in-provider";

/*
 * Which claims of a token AWS makes condition keys of. Source: IAM User Guide,
 * reference_policies_iam-condition-keys (keys for OIDC federation, one tab for each provider and one for
 * all others), and Service Authorization Reference, list_awssecuritytokenservice.
 */

/** Claims of every issuer that has an OIDC provider in the account, by their own names. */
const OF_ALL: readonly string[] = ["amr", "azp", "email"];

const GITHUB: readonly string[] = [
  "actor",
  "actor_id",
  "enterprise_id",
  "environment",
  "job_workflow_ref",
  "ref",
  "repository",
  "repository_id",
  "repository_owner_id",
  "workflow",
];
const BUILDKITE: readonly string[] = [
  "build_branch",
  "cluster_id",
  "cluster_name",
  "organization_id",
  "organization_slug",
  "pipeline_id",
  "pipeline_slug",
];

interface IssuerClaims {
  readonly issuers: RegExp;
  readonly claims: readonly string[];
}

/** Further claims, by issuer without its scheme, in lower case. */
const OF_ISSUERS: readonly IssuerClaims[] = [
  { issuers: /^token\.actions\.githubusercontent\.com(?:\/[^/]+)?$/, claims: GITHUB },
  { issuers: /^token\.actions\.[^./]+\.ghe\.com$/, claims: GITHUB },
  { issuers: /^github\.com\/enterprises\/[^/]+$/, claims: GITHUB },
  {
    issuers: /^gitlab\.com$/,
    claims: [
      "namespace_id",
      "pipeline_source",
      "project_id",
      "ref_protected",
      "runner_environment",
      "user_access_level",
      "user_email",
      "user_id",
      "user_login",
    ],
  },
  { issuers: /^agent\.buildkite\.com$/, claims: BUILDKITE },
  { issuers: /^agent\.[^./]+\.buildkite\.(?:dev|site)$/, claims: BUILDKITE },
  { issuers: /^oidc\.circleci\.com\/org\/[^/]+$/, claims: ["oidc.circleci.com/project-id"] },
  { issuers: /^idcs-[^./]+\.identity\.oraclecloud\.com$/, claims: ["rpst_id"] },
  { issuers: /^accounts\.google\.com$/, claims: ["google/organization_number"] },
];

/** The claims of an issuer's tokens, besides subject and audience, that AWS is documented to make condition keys of. */
export function mappedClaims(issuer: string): readonly string[] {
  const name = issuer.toLowerCase();
  const known = builtInProvider(name);
  if (known !== undefined && known.subjectKey !== "sub") return [];
  // Of Cognito's tokens a page of its own lists the keys.
  if (known?.host === "cognito-identity.amazonaws.com") return ["amr"];
  const own = OF_ISSUERS.filter(({ issuers }) => issuers.test(name)).flatMap(
    ({ claims }) => claims,
  );
  return [...OF_ALL, ...own].sort();
}

/**
 * The condition key that AWS makes of a token's claim: issuer, colon, claim, slashes included. The `aud` key
 * is the claim `azp` where the token has one, and `oaud` is its `aud` (rule OI-06).
 */
export function claimKey(issuer: string, claim: string): string {
  return `${issuer}:${claim === "azp" ? "aud" : claim}`;
}

/** The condition key of whom a token is about. */
export function subjectKey(issuer: string): string {
  return `${issuer}:${builtInProvider(issuer)?.subjectKey ?? "sub"}`;
}

/**
 * The condition key of whom a token is made for.
 *
 * @param claims the other claims that are tested: next to `azp` the audience is `oaud`
 */
export function audienceKey(issuer: string, claims: Iterable<string> = []): string {
  const usual = builtInProvider(issuer)?.audienceKey ?? "aud";
  return `${issuer}:${[...claims].includes("azp") ? "oaud" : usual}`;
}

/** Whether every token of an issuer brings a condition key, given without its issuer. */
export function alwaysClaimed(issuer: string, key: string): boolean {
  const known = builtInProvider(issuer);
  if (known !== undefined && known.subjectKey !== "sub") return false;
  return key === "sub" || key === "aud";
}

/** Whether the condition key of a claim has several values in one request (rule GR-18): Cognito's and others' `amr`. */
export function isMultiValuedClaim(key: string): boolean {
  return /[^:]+\.[^:]+:amr$/i.test(key);
}

/**
 * The claims that subject and audience already ask for, in lower case, under their names in tokens and in
 * condition keys: asked for again they would clash (rule GR-13).
 */
export function claimsAskedApart(
  issuer: string,
  claims: Iterable<string>,
): ReadonlyMap<string, "subject" | "audience"> {
  const nameOf = (key: string): string => key.slice(issuer.length + 1);
  return new Map([
    ["sub", "subject"],
    ["aud", "audience"],
    [nameOf(subjectKey(issuer)), "subject"],
    [nameOf(audienceKey(issuer, claims)), "audience"],
  ]);
}
