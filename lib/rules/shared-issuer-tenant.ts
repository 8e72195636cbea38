import { isGithub, oidcSubjects } from "./oidc-subject";
import type { Rule } from "./rule";

export const sharedIssuerTenant: Rule = {
  id: "OI-04",
  severity: "error",
  summary: "a subject of an issuer that many customers share names the customer",
  why: "Anyone can get tokens from such an issuer: with a wildcard before the end of the customer's name, others can assume the role. Without any condition on the subject IAM rejects the role.",
  source: "IAM User Guide, id_roles_providers_oidc_secure-by-default",
  *check({ map }) {
    for (const { issuer, subject, at } of oidcSubjects(map)) {
      const shared = isGithub(issuer) ? undefined : SHARED.get(issuer); // GitHub: rule OI-05
      if (shared === undefined || !/[*?]/.test(subject) || shared.pinned.test(subject)) continue;
      yield {
        at,
        message: `${shared.tenant} must be written in full, because anyone can get tokens from ${issuer}, got ${JSON.stringify(subject)}`,
        help: `write a subject such as \`${shared.example}\``,
      };
    }
  },
};

/** Shared issuers whose subjects are documented: the part that says whose they are. */
const SHARED: ReadonlyMap<string, { pinned: RegExp; tenant: string; example: string }> = new Map([
  [
    "gitlab.com",
    {
      pinned: /^project_path:[^/:*?]+\//,
      tenant: "the group",
      example: "project_path:GROUP/PROJECT:ref_type:branch:ref:main",
    },
  ],
  [
    "app.terraform.io",
    {
      pinned: /^organization:[^:*?]+:/,
      tenant: "the organization",
      example: "organization:ORGANIZATION:project:*:workspace:WORKSPACE:run_phase:apply",
    },
  ],
  [
    "agent.buildkite.com",
    {
      pinned: /^organization:[^:*?]+:/,
      tenant: "the organization",
      example: "organization:ORGANIZATION:pipeline:PIPELINE:ref:refs/heads/main:*",
    },
  ],
]);
