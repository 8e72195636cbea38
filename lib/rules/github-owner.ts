import { isGithub, oidcSubjects } from "./oidc-subject";
import type { Rule } from "./rule";

export const githubOwner: Rule = {
  id: "OI-05",
  severity: "error",
  summary: "a subject of GitHub has no wildcard in its owner",
  why: "Anyone can create an owner whose name begins the same: a wildcard there opens the role to them. IAM itself rejects only subjects that are nothing but wildcards.",
  source: "IAM User Guide, id_roles_create_for-idp_oidc",
  *check({ map }) {
    for (const { issuer, subject, at } of oidcSubjects(map)) {
      if (!isGithub(issuer) || !/[*?]/.test(subject) || PINNED.test(subject)) continue;
      yield {
        at,
        message: `the owner must be written in full, got ${JSON.stringify(subject)}: runs of other owners could assume the role`,
        help: "write `repo:OWNER/REPOSITORY:...`, or use `githubActions:`",
      };
    }
  },
};

/** What names an owner, or something that has one, by itself; a subject can be customized to begin so. */
const PINNED =
  /^(?:(?:repo|repository|job_workflow_ref):[^/:*?]+\/|repository_owner(?:_id)?:[^:*?]+(?::|$)|repository_id:\d+(?::|$))/;
