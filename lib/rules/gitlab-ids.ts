import { oidcSubjects } from "./oidc-subject";
import type { Rule } from "./rule";

export const gitlabIds: Rule = {
  id: "OI-10",
  severity: "warning",
  summary: "a principal from gitlab.com tests the ID of the group or project",
  why: "Someone else can reuse an abandoned group or project path; IDs are never reused.",
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
        message: "the subject names a path on gitlab.com, which someone else can take over",
        help: 'add `claims: {project_id: "..."}` or `claims: {namespace_id: "..."}`',
      };
    }
  },
};
