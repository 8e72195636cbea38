import { isGithubIssuer } from "../../iam/federation/github-issuer";
import type { GithubActionsPrincipal } from "../../account-map/model/principal";
import type { Path } from "../../source/source";
import { orUse } from "../facts/oidc-subject";
import type { Rule } from "../rule";
import type { RuleFinding } from "../rule-finding";

export const githubRef: Rule = {
  id: "OI-07",
  severity: "error",
  summary:
    "a run of GitHub Actions is named in a form that subjects have: a branch, a tag, an environment or a pull request",
  why: "The subject is compared letter by letter: `repo:OWNER/REPOSITORY:ref:refs/heads/BRANCH`, `...:environment:NAME` or `...:pull_request`, and nothing else.",
  source: "GitHub documentation, OpenID Connect reference",
  *inMap(context) {
    for (const { wayIn } of context.entrancesOf("githubActions")) {
      yield* misspelledNames(wayIn.principal, [...wayIn.at, "githubActions"]);
    }
  },
  *inDocuments(context) {
    for (const { issuer, subject, place } of context.subjects) {
      const fault = isGithubIssuer(issuer) ? faultOf(subject) : undefined;
      if (fault === undefined) continue;
      yield {
        ...place,
        message: `no run has the subject ${JSON.stringify(subject)}: ${fault}`,
        help: `write \`repo:OWNER/REPOSITORY:ref:refs/heads/BRANCH\`${orUse(place)}`,
      };
    }
  },
};

function* misspelledNames(
  { branches, tags, refs }: GithubActionsPrincipal,
  at: Path,
): Generator<RuleFinding> {
  for (const [key, names] of Object.entries({ branch: branches, tag: tags })) {
    const full = names.find((name) => name.startsWith("refs/"));
    if (full === undefined) continue;
    yield {
      at: [...at, key],
      message: `a ${key} is written only by its name, got \`${full}\`: trustwheel adds \`refs/...\``,
      help: `write \`${full.replace(/^refs\/(?:heads|tags)\//, "")}\``,
    };
  }
  const short = refs.find((ref) => !/^(?:refs\/|[*?])/.test(ref));
  if (short === undefined) return;
  yield {
    at: [...at, "ref"],
    message: `\`ref\` is compared in its full form, got \`${short}\``,
    help: `write \`refs/heads/${short}\` for a branch, \`refs/tags/${short}\` for a tag`,
  };
}

function faultOf(subject: string): string | undefined {
  const { repository, context } =
    /^repo:(?<repository>[^:]*)(?::(?<context>.*))?$/.exec(subject)?.groups ?? {};
  if (/^[\w.-]+\/[\w.*-]+:/.test(subject)) return "`repo:` is missing before the owner";
  // Other beginnings exist where the subject was customized; an open end may stand for anything.
  if (repository === undefined || (context === undefined && /[*?]$/.test(subject)))
    return undefined;
  if (context === undefined)
    return "after the repository a branch, tag, environment or pull request follows";
  if (context.startsWith("refs/")) return "`ref:` is missing before `refs/`";
  if (/^ref:(?!refs\/|[*?])/.test(context)) return "`refs/heads/` or `refs/tags/` is missing";
  if (context.startsWith("branch:")) return "a branch is written as `ref:refs/heads/BRANCH`";
  if (context.startsWith("tag:")) return "a tag is written as `ref:refs/tags/TAG`";
  if (/^[^:*?]+$/.test(context) && context !== "pull_request") {
    return `a branch is written as \`ref:refs/heads/${context}\``;
  }
  return /^pull_request:./.test(context) ? "nothing follows after `pull_request`" : undefined;
}
