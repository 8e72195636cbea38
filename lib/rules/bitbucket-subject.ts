import { oidcSubjects } from "./federation/oidc-subject";
import type { Rule } from "./rule";

export const bitbucketSubject: Rule = {
  id: "OI-12",
  severity: "warning",
  summary: "a subject of Bitbucket leaves the step open",
  why: "The subject ends with the id of the step, which is another one in every run: written in full it matches once.",
  source: "Atlassian, Bitbucket Pipelines OpenID Connect; sigstore/fulcio#1257",
  *check(input) {
    for (const { issuer, subject, place } of oidcSubjects(input)) {
      if (!issuer.startsWith("api.bitbucket.org/") || subject.endsWith("*")) continue;
      yield {
        ...place,
        message: `the subject ends with the id of one step and matches its one run, got ${JSON.stringify(subject)}`,
        help: "write `{REPOSITORY-UUID}*:*`",
      };
    }
  },
};
