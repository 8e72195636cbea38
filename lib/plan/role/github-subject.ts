import type { GithubActionsPrincipal } from "../../account-map/model/principal";

/**
 * The subjects of the runs that can assume a role. One subject carries a ref, an environment or
 * `pull_request`, never two of them (rule OI-07b); in the immutable form owner and repository carry
 * their ids (rule OI-08).
 */
export function githubSubjects(principal: GithubActionsPrincipal): string[] {
  const { owner, repository, subject, ids } = principal;
  const prefixes: string[] = [];
  if (subject !== "immutable") prefixes.push(`repo:${owner}/${repository}`);
  if (subject !== "legacy" && ids !== undefined) {
    prefixes.push(`repo:${owner}@${ids.owner}/${repository}@${ids.repository}`);
  }
  const contexts = [
    ...principal.branches.map((branch) => `ref:refs/heads/${branch}`),
    ...principal.tags.map((tag) => `ref:refs/tags/${tag}`),
    ...principal.environments.map((environment) => `environment:${environment}`),
    ...(principal.pullRequest ? ["pull_request"] : []),
  ];
  return prefixes.flatMap((prefix) => contexts.map((context) => `${prefix}:${context}`));
}
