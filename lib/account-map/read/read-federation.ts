import { quoteText } from "../../diagnostics/quote";
import { issuerOf } from "../../iam/arn";
import { builtInProvider } from "../../iam/federation/built-in-provider";
import type { OneOrMore } from "../../iam/policy-document";
import type {
  GithubActionsPrincipal,
  OidcProvider,
  Principal,
  SamlProvider,
} from "../model/principal";
import type { RawGithubActionsPrincipal, RawPrincipal } from "./raw-account-map";
import type { PrincipalScope } from "./principal-scope";
import { readOidcPrincipal } from "./read-oidc";
import { listOf, lookUp, sortedEntries } from "./reading";
import type { Reporter } from "../../source/reporter";
import type { Path } from "../../source/source";

/** GitHub's own OIDC provider (rule OI-03). */
const GITHUB: OidcProvider = {
  key: "github",
  kind: "oidc",
  url: "https://token.actions.githubusercontent.com",
  audiences: ["sts.amazonaws.com"],
  create: false,
};

/** Reads the workflows of GitHub Actions that can assume a role. */
export function readGithub(
  raw: RawGithubActionsPrincipal,
  path: Path,
  scope: PrincipalScope,
  reporter: Reporter,
): GithubActionsPrincipal | undefined {
  const provider =
    raw.provider === undefined ? GITHUB : providerOf("oidc", raw.provider, path, scope, reporter);
  const [owner = "", repository = "", ...rest] = raw.repository.split("/");
  const wellFormed = /^[A-Za-z0-9-]+$/.test(owner) && /^[A-Za-z0-9._*-]+$/.test(repository);
  if (!wellFormed || rest.length > 0) {
    reporter.report([...path, "repository"], {
      rule: "OI-05",
      message: `a repository must be \`owner/name\` without a wildcard in the owner, got ${quoteText(raw.repository)}`,
    });
  }
  const subject = raw.subject ?? "legacy";
  const branches = listOf(raw.branch);
  const tags = listOf(raw.tag);
  const environments = listOf(raw.environment);
  const pullRequest = raw.pullRequest ?? false;
  if (branches.length + tags.length + environments.length === 0 && !pullRequest) {
    reporter.report(path, {
      rule: "OI-05",
      atKey: true,
      message: "any run of the repository could assume it, from any branch or PR",
      help: "add `branch:`, `tag:`, `environment:` or `pullRequest: true`",
    });
  }
  const ids =
    raw.ownerId === undefined || raw.repositoryId === undefined
      ? undefined
      : { owner: raw.ownerId, repository: raw.repositoryId };
  if (subject !== "legacy" && ids === undefined) {
    reporter.report([...path, "subject"], {
      rule: "OI-08",
      message: `the \`${subject}\` form of the subject contains the IDs of owner and repository`,
      help: "add `ownerId:` and `repositoryId:` as quoted strings",
    });
  }
  if (provider?.kind !== "oidc") return undefined;
  const known = builtInProvider(issuerOf(provider.url));
  if (known !== undefined) {
    reporter.report([...path, "provider"], {
      rule: "OI-03",
      message: `${known.name} does not issue GitHub Actions tokens, got the provider ${quoteText(provider.key)}`,
      help: "remove `provider:`, or name the provider of your GitHub Enterprise",
    });
  }
  return {
    kind: "githubActions",
    owner,
    repository,
    branches,
    tags,
    environments,
    pullRequest,
    refs: listOf(raw.ref),
    subject,
    ...(ids === undefined ? {} : { ids }),
    provider,
  };
}

/** Reads the workloads or people of another OIDC provider that can assume a role. */
export function readOidc(
  raw: NonNullable<RawPrincipal["oidc"]>,
  path: Path,
  scope: PrincipalScope,
  reporter: Reporter,
): Principal | undefined {
  const provider = providerOf("oidc", raw.provider, path, scope, reporter);
  return provider?.kind === "oidc" ? readOidcPrincipal(raw, provider, path, reporter) : undefined;
}

/** Reads the people or workloads of a SAML provider that can assume a role. */
export function readSaml(
  raw: NonNullable<RawPrincipal["saml"]>,
  path: Path,
  scope: PrincipalScope,
  reporter: Reporter,
): Principal | undefined {
  const provider = providerOf("saml", raw.provider, path, scope, reporter);
  if (provider?.kind !== "saml") return undefined;
  const attributes = sortedEntries(raw.attributes);
  return { kind: "saml", provider, attributes: new Map(attributes.map(valuesByName)) };
}

function providerOf(
  kind: "oidc" | "saml",
  name: string,
  path: Path,
  scope: PrincipalScope,
  reporter: Reporter,
): OidcProvider | SamlProvider | undefined {
  const at = [...path, "provider"];
  const provider = lookUp(reporter, at, "identity provider", name, scope.providers);
  if (provider === undefined || provider.kind === kind) return provider;
  reporter.report(at, {
    rule: "unknown-identity-provider",
    message: `the identity provider \`${name}\` is of kind \`${provider.kind}\`, not \`${kind}\``,
  });
  return undefined;
}

function valuesByName([name, value]: [string, OneOrMore]): [string, readonly string[]] {
  return [name, listOf(value)];
}
