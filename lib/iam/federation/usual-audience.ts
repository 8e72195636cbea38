/** The audience of an issuer's tokens, as the issuer documents it. */
export interface UsualAudience {
  readonly audience: string;
  /** Whether a part in capitals stands for what only the reader knows, so that it is no value but a form. */
  readonly isForm: boolean;
}

/**
 * The audience of an issuer's tokens where nobody asks for another one; `undefined` where no page of the
 * issuer says, such as GitLab and Kubernetes, where whoever asks for the token chooses it.
 *
 * @param issuer without its scheme
 */
export function usualAudience(issuer: string): UsualAudience | undefined {
  for (const { issuers, audience, isForm = false } of USUAL) {
    const found = issuers.exec(issuer);
    if (found !== null) return { audience: audience.replace("$1", found[1] ?? ""), isForm };
  }
  return undefined;
}

const USUAL: readonly {
  readonly issuers: RegExp;
  readonly audience: string;
  readonly isForm?: true;
}[] = [
  // HashiCorp, workload identity tokens.
  { issuers: /^app\.terraform\.io$/i, audience: "aws.workload.identity" },
  // CircleCI, OpenID Connect tokens: fixed, the id of the organization, as in the issuer.
  { issuers: /^oidc\.circleci\.com\/org\/([^/]+)$/i, audience: "$1" },
  // Atlassian, integrate Bitbucket Pipelines with resource servers using OIDC.
  {
    issuers: /^api\.bitbucket\.org\//i,
    audience: "ari:cloud:bitbucket::workspace/WORKSPACE-UUID",
    isForm: true,
  },
];
