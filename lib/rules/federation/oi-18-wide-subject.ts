import { builtInProvider } from "../../iam/federation/built-in-provider";
import { requiredClaim } from "../../iam/federation/shared-issuers";
import type { Breadth, TestedClaims } from "../../iam/federation/subjects/breadth";
import { repositoryBreadth, runBreadth } from "../../iam/federation/subjects/github-breadth";
import { whoElse } from "../../iam/federation/subjects/who-else";
import type { GithubActionsPrincipal } from "../../account-map/model/principal";
import type { Rule } from "../rule";
import type { RuleFinding } from "../rule-finding";
import type { DocumentContext } from "../rule-context";

export const wideSubject: Rule = {
  id: "OI-18",
  severity: "warning",
  summary: "a subject names one workload, not whatever can get a name that matches",
  why: "Whoever can push a branch, open a pull request or create a repository, project or environment of a matching name can assume the role. A pattern such as `release/*` is narrow: such branches can be protected.",
  source:
    "GitHub documentation, OpenID Connect reference; GitLab, HashiCorp, Buildkite, CircleCI, Atlassian and Vercel, pages on their OpenID Connect tokens; IAM User Guide, id_roles_create_for-idp_oidc",
  *inMap(context) {
    for (const { wayIn } of context.entrancesOf("githubActions")) {
      yield* openRuns(wayIn.principal, [...wayIn.at, "githubActions"]);
    }
  },
  *inDocuments(context) {
    for (const { issuer, subject, claims, place } of context.subjects) {
      const breadth = whoElse(issuer, subject, claims);
      if (breadth === undefined) continue;
      yield { ...place, ...told(JSON.stringify(subject), breadth) };
    }
    yield* withoutSubject(context);
  },
};

function told(what: string, { others, help }: Breadth): Pick<RuleFinding, "message" | "help"> {
  return { message: `${what} trusts ${others}`, help };
}

/** The parts of a way in for GitHub Actions, each by its key. */
function* openRuns(
  { owner, repository, branches, tags, environments, pullRequest, refs }: GithubActionsPrincipal,
  at: readonly (string | number)[],
): Generator<RuleFinding> {
  const claims: TestedClaims = new Map(refs.length > 0 ? [["ref", refs]] : []);
  const ofRepository = repositoryBreadth(owner, repository, claims);
  if (ofRepository !== undefined) {
    yield { at: [...at, "repository"], ...told(`\`${owner}/${repository}\``, ofRepository) };
  }
  const parts: readonly [key: string, names: readonly string[], prefix: string][] = [
    ["branch", branches, "ref:refs/heads/"],
    ["tag", tags, "ref:refs/tags/"],
    ["environment", environments, "environment:"],
  ];
  for (const [key, names, prefix] of parts) {
    for (const [index, name] of names.entries()) {
      const breadth = runBreadth(`${prefix}${name}`, `${owner}/${repository}`, claims);
      if (breadth === undefined) continue;
      const place = names.length === 1 ? [...at, key] : [...at, key, index];
      yield { at: place, ...told(JSON.stringify(name), breadth) };
    }
  }
  const pulls = pullRequest
    ? runBreadth("pull_request", `${owner}/${repository}`, claims)
    : undefined;
  if (pulls !== undefined) {
    yield { at: [...at, "pullRequest"], ...told("`pullRequest: true`", pulls) };
  }
}

/** Trust documents that test nothing but the audience: the whole of an issuer that is not shared. */
function* withoutSubject(context: DocumentContext): Generator<RuleFinding> {
  for (const { document, issuer, at, tests } of context.tokens) {
    // What many share is refused: rule OI-04. Of the built-in ones the audience has an owner.
    if (requiredClaim(issuer) !== undefined || builtInProvider(issuer) !== undefined) continue;
    if (tests.some(({ claim, operator }) => claim !== "aud" && !operator.negated)) continue;
    yield {
      at,
      document,
      ...told("a statement without a test of the subject", {
        others: `everyone who gets a token of ${issuer}`,
        help: `add a condition on \`${issuer}:sub\``,
      }),
    };
  }
}
