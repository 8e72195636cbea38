import type { NewValue } from "../../account-map/edit/change";
import { builtInProvider } from "../../iam/federation/built-in-provider";
import { audienceKey, subjectKey } from "../../iam/federation/issuer-claims";
import { samlAudience } from "../../iam/partition";
import { oneOrMore } from "../entries/principal-fields";
import type { TrustConditions } from "./trust-conditions";
import type { TrustScope, ExistingPrincipalBase } from "./existing-principal";

const GITHUB = "token.actions.githubusercontent.com";

type Cores = readonly ExistingPrincipalBase[] | { readonly problem: string };

/**
 * The principal entries of a Federated principal: workflows of GitHub, others of an OIDC provider, a SAML
 * provider.
 */
export function federatedWay(arn: string, { others }: TrustConditions, scope: TrustScope): Cores {
  const known = builtInProvider(arn);
  if (known !== undefined) return tokenWays(known.host, others, scope);
  const issuer = /:oidc-provider\/(.+)$/.exec(arn)?.[1];
  const saml = /:saml-provider\/(.+)$/.exec(arn)?.[1];
  // AWS takes tokens of these by the built-in provider: a provider of the account has no words.
  const isShadowed = issuer !== undefined && builtInProvider(issuer) !== undefined;
  if (isShadowed || !arn.includes(`:${scope.home.id}:`) || (issuer ?? saml) === undefined) {
    return { problem: `the map can't express the identity provider ${arn}` };
  }
  if (saml !== undefined) return [samlWay(saml, others, scope)];
  return tokenWays(issuer ?? "", others, scope);
}

type Values = Readonly<Record<string, readonly string[]>>;

function samlWay(
  name: string,
  others: Values,
  { home, providers }: TrustScope,
): ExistingPrincipalBase {
  const audience = samlAudience(home.partition);
  const attributes = Object.entries(others).filter(
    ([key, values]) => !(/^SAML:aud$/i.test(key) && values.join() === audience),
  );
  const provider = providers.saml(name);
  return {
    words: name,
    principal: {
      saml: {
        provider,
        ...(attributes.length === 0 ? {} : { attributes: Object.fromEntries(attributes) }),
      },
    },
    granted: false,
  };
}

function tokenWays(issuer: string, others: Values, { providers }: TrustScope): Cores {
  const keys = new Map<string, readonly string[]>();
  for (const [key, values] of Object.entries(others)) {
    if (!key.startsWith(`${issuer}:`)) {
      return { problem: `the map can't express ${key} with the provider ${issuer}` };
    }
    keys.set(key, values);
  }
  const subjects = keys.get(subjectKey(issuer)) ?? [];
  if (subjects.length === 0 && builtInProvider(issuer)?.audienceHasOwner !== true) {
    return { problem: `its trust policy allows every subject from ${issuer} (OI-04)` };
  }
  // The key `aud` is the claim `azp` where `oaud` is the claim `aud` (rule OI-06).
  const usual = audienceKey(issuer);
  const audience = keys.has(`${issuer}:oaud`) ? `${issuer}:oaud` : usual;
  const audiences = keys.get(audience) ?? [];
  const claims = new Map<string, readonly string[]>();
  for (const [key, values] of keys) {
    if (key === subjectKey(issuer) || key === audience) continue;
    claims.set(key === `${issuer}:aud` ? "azp" : key.slice(issuer.length + 1), values);
  }
  if (claims.has("azp") && audiences.length === 0) {
    return {
      problem: `its trust policy tests \`${issuer}:aud\` without \`${issuer}:oaud\`: whether that is the token's \`azp\` or \`aud\` is unknown`,
    };
  }
  if (issuer === GITHUB) {
    const runs = githubRuns(subjects, claims);
    const known = providers.audiencesOf(issuer);
    const usual = (known ?? ["sts.amazonaws.com"]).join() === audiences.join();
    const provider = known === undefined ? {} : { provider: providers.oidc(issuer) };
    if (runs !== undefined && usual) {
      return runs.map(({ repository, ...run }) => ({
        words: repository.split("/")[1] ?? repository,
        principal: { githubActions: { repository, ...run, ...provider } },
        granted: false,
      }));
    }
  }
  const principal = {
    provider: providers.oidc(issuer),
    ...(subjects.length === 0 ? {} : { subject: oneOrMore(subjects) }),
    ...(audiences.length === 0 ? {} : { audience: oneOrMore(audiences) }),
    ...(claims.size === 0 ? {} : { claims: Object.fromEntries(claims) }),
  };
  return [
    { words: issuer.split("/")[0] ?? issuer, principal: { oidc: principal }, granted: false },
  ];
}

type GithubRun = { readonly repository: string } & Readonly<Record<string, NewValue>>;

/** Subjects of GitHub's tokens by repository; nothing where one of them is of another form. */
function githubRuns(
  subjects: readonly string[],
  claims: ReadonlyMap<string, readonly string[]>,
): readonly GithubRun[] | undefined {
  const refs = claims.get("ref");
  if ([...claims.keys()].some((claim) => claim !== "ref")) return undefined;
  const runs = new Map<string, Record<string, NewValue> & { repository: string }>();
  for (const subject of subjects) {
    const [, repository, kind, value] =
      /^repo:([A-Za-z0-9-]+\/[A-Za-z0-9._*-]+):(?:(ref:refs\/heads\/|ref:refs\/tags\/|environment:)([^:]+)|pull_request)$/.exec(
        subject,
      ) ?? [];
    if (repository === undefined) return undefined;
    const run = runs.get(repository) ?? {
      repository,
      ...(refs === undefined ? {} : { ref: oneOrMore(refs) }),
    };
    runs.set(repository, run);
    if (kind === undefined || value === undefined) run.pullRequest = true;
    else {
      const field = FIELDS[kind] ?? "branch";
      run[field] = [...((run[field] as readonly string[] | undefined) ?? []), value];
    }
  }
  return [...runs.values()].map(({ repository, ...run }) => ({
    repository,
    ...Object.fromEntries(
      Object.entries(run).map(([field, value]) => [
        field,
        Array.isArray(value) ? oneOrMore(value as readonly string[]) : value,
      ]),
    ),
  }));
}

const FIELDS: Readonly<Record<string, string>> = {
  "ref:refs/heads/": "branch",
  "ref:refs/tags/": "tag",
  "environment:": "environment",
};
