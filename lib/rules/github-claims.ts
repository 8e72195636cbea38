import { listNames } from "../diagnostics/nearest";
import { issuerOf } from "../iam/arn";
import { entrancesOf } from "./entrance";
import { isGithub } from "./oidc-subject";
import type { Rule } from "./rule";

export const githubClaims: Rule = {
  id: "OI-09",
  severity: "info",
  summary:
    "of the claims of GitHub's tokens, only those are tested that AWS makes condition keys of",
  why: "A claim that AWS does not hand on is missing in every call, and what asks for it lets nobody in.",
  source: "IAM User Guide, reference_policies_iam-condition-keys (2026)",
  *check({ map }) {
    for (const { wayIn } of entrancesOf(map, "oidc")) {
      const { provider, claims } = wayIn.principal;
      if (!isGithub(issuerOf(provider.url).toLowerCase())) continue;
      for (const claim of claims.keys()) {
        if (KNOWN.includes(claim) || /[:/]/.test(claim)) continue; // rule OI-01
        yield {
          at: [...wayIn.at, "oidc", "claims", claim],
          atKey: true,
          message: `AWS is not known to hand on the claim \`${claim}\` of GitHub's tokens, known: ${listNames(KNOWN, 20)}`,
          help: "test one of these, or the subject",
        };
      }
    }
  },
};

const KNOWN: readonly string[] = [
  "actor",
  "actor_id",
  "enterprise_id",
  "environment",
  "job_workflow_ref",
  "ref",
  "repository",
  "repository_id",
  "repository_owner_id",
  "workflow",
];
