import type { Rule } from "../rule";

export const gitlabIds: Rule = {
  id: "OI-10",
  severity: "warning",
  summary: "a principal from gitlab.com tests the ID of the group or project",
  why: "Someone else can reuse an abandoned group or project path; IDs are never reused.",
  source: "IAM User Guide, reference_policies_iam-condition-keys",
  *inDocuments(context) {
    const seen = new Set<unknown>();
    for (const { issuer, claims, holder, key } of context.subjects) {
      if (issuer !== "gitlab.com" || seen.has(holder)) continue;
      seen.add(holder);
      if (claims.has("namespace_id") || claims.has("project_id")) continue;
      yield {
        ...key,
        message: "the subject names a path on gitlab.com, which someone else can take over",
        help:
          key.document === undefined
            ? 'add `claims: {project_id: "..."}` or `claims: {namespace_id: "..."}`'
            : "add a condition on `gitlab.com:project_id` or `gitlab.com:namespace_id`",
      };
    }
  },
};
