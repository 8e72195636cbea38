import { pinsOwner } from "../../iam/federation/subjects/github-breadth";
import { isGithubIssuer } from "../../iam/federation/github-issuer";
import { orUse } from "../facts/oidc-subject";
import type { Rule } from "../rule";

export const githubOwner: Rule = {
  id: "OI-05",
  severity: "error",
  summary: "a subject of GitHub has no wildcard in its owner, unless a claim names the owner",
  why: "Anyone can create an owner whose name begins the same: a wildcard there opens the role to them. IAM itself refuses only subjects of nothing but wildcards.",
  source: "IAM User Guide, id_roles_create_for-idp_oidc",
  *inDocuments(context) {
    for (const { issuer, subject, claims, place } of context.subjects) {
      if (!isGithubIssuer(issuer) || !/[*?]/.test(subject) || PINNED.test(subject)) continue;
      if (pinsOwner(claims)) continue;
      yield {
        ...place,
        message: `the owner must be written in full, got ${JSON.stringify(subject)}: runs of other owners could assume the role`,
        help: `write \`repo:OWNER/REPOSITORY:...\`${orUse(place)}`,
      };
    }
  },
};

/** What names an owner, or something that has one, by itself; a subject can be customized to begin so. */
const PINNED =
  /^(?:(?:repo|repository|job_workflow_ref):[^/:*?]+\/|repository_owner(?:_id)?:[^:*?]+(?::|$)|repository_id:\d+(?::|$))/;
