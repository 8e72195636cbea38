import type { Rule } from "../rule";

export const bitbucketSubject: Rule = {
  id: "OI-12",
  severity: "warning",
  summary: "a Bitbucket subject does not fix the step",
  why: "The subject ends with the step's ID, which differs in every run: written in full, it matches one run.",
  source: "Atlassian, Bitbucket Pipelines OpenID Connect; sigstore/fulcio#1257",
  *inDocuments(context) {
    for (const { issuer, subject, place } of context.subjects) {
      if (!issuer.startsWith("api.bitbucket.org/") || subject.endsWith("*")) continue;
      yield {
        ...place,
        message: `the subject ends with the ID of one step and matches only that run, got ${JSON.stringify(subject)}`,
        help: "write `{REPOSITORY-UUID}*:*`",
      };
    }
  },
};
