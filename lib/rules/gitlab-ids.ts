import { oidcSubjects } from "./oidc-subject";
import type { Rule } from "./rule";

export const gitlabIds: Rule = {
  id: "OI-10",
  severity: "warning",
  summary: "a way in from gitlab.com asks for the id of the group or of the project",
  why: "Paths of groups and projects can be given up and taken by somebody else; ids cannot.",
  source: "IAM User Guide, reference_policies_iam-condition-keys",
  *check({ map }) {
    const seen = new Set<unknown>();
    for (const { issuer, wayIn } of oidcSubjects(map)) {
      const { claims } = wayIn.principal;
      if (issuer !== "gitlab.com" || seen.has(wayIn)) continue;
      seen.add(wayIn);
      if (claims.has("namespace_id") || claims.has("project_id")) continue;
      yield {
        at: [...wayIn.at, "oidc", "subject"],
        atKey: true,
        message: "the subject names a path on gitlab.com, which can become somebody else's",
        help: 'add `claims: {project_id: "..."}` or `claims: {namespace_id: "..."}`',
      };
    }
  },
};
