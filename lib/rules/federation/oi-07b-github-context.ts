import { isGithubIssuer } from "../../iam/federation/github-issuer";
import { listNames } from "../../diagnostics/nearest";
import type { GithubActionsPrincipal } from "../../account-map/model/principal";
import type { Rule } from "../rule";

export const githubContext: Rule = {
  id: "OI-07b",
  severity: "error",
  summary:
    "a GitHub Actions principal tests branches and tags, environments, or pull requests, not two of these",
  why: "A subject contains only one of them: a run in an environment does not show its branch. Together they would be alternatives, so a run of any branch could assume the role through the environment.",
  source: "GitHub documentation, OpenID Connect reference",
  *inMap(context) {
    for (const { wayIn } of context.entrancesOf("githubActions")) {
      const { principal, at } = wayIn;
      const kinds = contextsOf(principal);
      if (kinds.length > 1) {
        const environment = kinds.includes("environment");
        yield {
          at: [...at, "githubActions"],
          atKey: true,
          message: `${listNames(kinds)} would each be enough, because a run's subject contains only one of them`,
          help: `${environment ? "to require an environment and a branch, write `environment:` and `ref: refs/heads/...`; " : ""}if each is enough, write one principal for each`,
        };
      } else if (principal.pullRequest && principal.refs.some((ref) => !PULL.test(ref))) {
        yield {
          at: [...at, "githubActions", "ref"],
          message:
            "a run for a pull request has the ref `refs/pull/NUMBER/merge`, so this never matches",
          help: "remove `ref:`",
        };
      }
    }
  },
  *inDocuments(context) {
    for (const { issuer, subject, place } of context.subjects) {
      if (!isGithubIssuer(issuer) || !TWO.test(subject)) continue;
      yield {
        ...place,
        message: `no run has a subject with a ref and an environment, got ${JSON.stringify(subject)}`,
        help: "write the environment in the subject, and the branch as the claim `ref`: `refs/heads/...`",
      };
    }
  },
};

const PULL = /^(?:refs\/pull\/|[*?])/;
const TWO = /^repo:[^:]*:(?:ref:[^:]*:environment:|environment:[^:]*:ref:)/;

function contextsOf({
  branches,
  tags,
  environments,
  pullRequest,
}: GithubActionsPrincipal): string[] {
  return [
    ...(branches.length > 0 ? ["branch"] : []),
    ...(tags.length > 0 && branches.length === 0 ? ["tag"] : []),
    ...(environments.length > 0 ? ["environment"] : []),
    ...(pullRequest ? ["pullRequest"] : []),
  ];
}
