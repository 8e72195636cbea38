import { readProviders } from "../../lib/account-map/read/read-providers";
import { issuerOf } from "../../lib/iam/arn";
import { claimsAskedApart } from "../../lib/iam/federation/issuer-claims";
import type { OidcProvider, SamlProvider } from "../../lib/account-map/model/principal";
import type {
  RawGithubActionsPrincipal,
  RawIdentityProvider,
} from "../../lib/account-map/read/raw-account-map";
import type { ConditionProps } from "./principal-conditions";
import { problemsOf } from "./prop-problems";
import { REFERENCE, trustedPrincipal } from "./trusted-principal";
import type { TrustedPrincipal } from "./trusted-principal";

/** Props of {@link githubActions}: at least one of `branch`, `tag`, `environment` and `pullRequest` (rule OI-05). */
export interface GithubActionsProps {
  /** `owner/name`; the owner without wildcards (rule OI-05). */
  readonly repository: string;
  /** @default - no branch as such */
  readonly branch?: string | readonly string[];
  /** @default - no tag as such */
  readonly tag?: string | readonly string[];
  /** Environments of the repository (rule OI-07). @default - no environment as such */
  readonly environment?: string | readonly string[];
  /** Runs for pull requests; who can push a branch can change what they run. @default - none */
  readonly pullRequest?: true;
  /** Values of the claim `ref`, in addition to the subject (rules OI-07b, OI-09). @default - any */
  readonly ref?: string | readonly string[];
  /**
   * Form of the subject: repositories made, renamed or moved after 2026-07-15 have the immutable one,
   * which needs `ownerId` and `repositoryId` (rule OI-08).
   * @default "legacy"
   */
  readonly subject?: "legacy" | "immutable" | "both";
  /** @default - only for the legacy form of the subject */
  readonly ownerId?: string;
  /** @default - only for the legacy form of the subject */
  readonly repositoryId?: string;
}

/** GitHub Actions, by the OIDC provider `token.actions.githubusercontent.com` of the role's account, which must exist (rules OI-02 to OI-09). */
export function githubActions(
  props: GithubActionsProps,
  conditions: ConditionProps = {},
): TrustedPrincipal {
  return trustedPrincipal({ githubActions: props as RawGithubActionsPrincipal }, conditions);
}

/** Props of {@link oidc}. */
export interface OidcProps {
  /** Issuer: `https://` URL without port and query (rule ID-32). */
  readonly url: string;
  /**
   * Subjects that can assume the role, with `*` and `?` as wildcards, but not only those (rule OI-04).
   * @default - anyone with a token for the audience; only for Cognito, Facebook and Login with Amazon
   */
  readonly subject?: string | readonly string[];
  /**
   * Audiences of the tokens (rule OI-06); of Facebook and Login with Amazon the ID of the app.
   * @default - what tokens of the issuer usually carry, else "sts.amazonaws.com"; none for issuers built into AWS
   */
  readonly audience?: string | readonly string[];
  /**
   * Further claims and their values, by the names that tokens give them (rules OI-01, OI-09).
   * @default - none are required
   */
  readonly claims?: Readonly<Record<string, string | readonly string[]>>;
}

/**
 * Workloads or people with tokens of an OIDC provider of the role's account, which must exist, or of one that
 * is built into AWS: Google, Cognito, Facebook, Login with Amazon (rules OI-01, OI-02).
 */
export function oidc(
  { url, ...props }: OidcProps,
  conditions: ConditionProps = {},
): TrustedPrincipal {
  const claims = Object.keys(props.claims ?? {});
  const apart = claimsAskedApart(issuerOf(url), claims);
  const doubled = claims.filter((claim) => apart.has(claim.toLowerCase()));
  if (doubled.length > 0) {
    const names = doubled.map((claim) => `\`${claim}\``).join(" and ");
    return { problems: [`${names} among the claims: use \`audience\` and \`subject\` [GR-13]`] };
  }
  return withProvider({ oidc: { url } }, (provider) =>
    trustedPrincipal({ oidc: { provider: REFERENCE, ...(props as MutableOidc) } }, conditions, {
      provider,
    }),
  );
}

interface MutableOidc {
  subject?: string | string[];
  audience?: string | string[];
  claims?: Record<string, string | string[]>;
}

/** Props of {@link saml}. */
export interface SamlProps {
  /** Name of the SAML provider in the role's account: 1 to 128 characters of `[\w._-]` (rule ID-34). */
  readonly name: string;
  /**
   * Values of further attributes, by condition key such as `SAML:department`, in addition to `SAML:aud`.
   * @default - none are required
   */
  readonly attributes?: Readonly<Record<string, string | readonly string[]>>;
}

/** People with assertions of a SAML provider of the role's account, which must exist (rule SA-01). */
export function saml(
  { name, attributes }: SamlProps,
  conditions: ConditionProps = {},
): TrustedPrincipal {
  if (Object.keys(attributes ?? {}).some((key) => /^saml:aud$/i.test(key))) {
    return { problems: ["`SAML:aud` among the attributes: it is already required [GR-13]"] };
  }
  const values = attributes as Record<string, string | string[]> | undefined;
  return withProvider({ saml: { name } }, (provider) =>
    trustedPrincipal(
      { saml: { provider: REFERENCE, ...(values === undefined ? {} : { attributes: values }) } },
      conditions,
      { provider },
    ),
  );
}

function withProvider(
  raw: RawIdentityProvider,
  build: (provider: OidcProvider | SamlProvider) => TrustedPrincipal,
): TrustedPrincipal {
  let provider: OidcProvider | SamlProvider | undefined;
  const problems = problemsOf((reporter) => {
    const map = { accounts: {}, identityProviders: { [REFERENCE]: raw } };
    provider = readProviders(map, () => undefined, reporter).get(REFERENCE);
  });
  return provider === undefined || problems.length > 0 ? { problems } : build(provider);
}
