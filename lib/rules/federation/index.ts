import type { Section } from "../rule";
import { bitbucketSubject } from "./oi-12-bitbucket-subject";
import { claimName } from "./oi-01-claim-name";
import { githubContext } from "./oi-07b-github-context";
import { githubIssuer } from "./oi-03-github-issuer";
import { githubOwner } from "./oi-05-github-owner";
import { githubRef } from "./oi-07-github-ref";
import { gitlabIds } from "./oi-10-gitlab-ids";
import { githubInChina } from "./oi-17-github-in-china";
import { wideSubject } from "./oi-18-wide-subject";
import { mappedClaimsOnly } from "./oi-09-mapped-claims";
import { podIdentityRole } from "./oi-15-pod-identity-role";
import { samlAudienceKnown } from "./sa-01-saml-audience";
import { serviceAccountSubject } from "./oi-14-service-account-subject";
import { sharedIssuerTenant } from "./oi-04-shared-issuer-tenant";
import { terraformRunPhase } from "./oi-11-terraform-run-phase";
import { tokenAudience } from "./oi-06-token-audience";

export const FEDERATION: Section = {
  title: "OIDC, SAML and EKS",
  entries: [
    { status: "checked", rule: claimName },
    {
      status: "impossible",
      test: "__tests__/lib/rules/impossible/federated-statements.test.ts",
      id: "OI-02",
      summary:
        "a trust policy names an identity provider in the role's own account, or a provider built into AWS by its host",
      why: "A provider in another account cannot be a principal for the role.",
      source: "IAM User Guide, reference_policies_elements_principal",
    },
    { status: "checked", rule: githubIssuer },
    { status: "checked", rule: sharedIssuerTenant },
    { status: "checked", rule: githubOwner },
    { status: "checked", rule: tokenAudience },
    { status: "checked", rule: githubRef },
    { status: "checked", rule: githubContext },
    {
      status: "read",
      by: "account map",
      severity: "error",
      id: "OI-08",
      summary: "a subject with IDs has the IDs of both owner and repository",
      why: "Repositories created, renamed or moved since July 2026 have IDs in their subjects, which the short form does not match.",
      source: "GitHub changelog, 2026-04-23",
    },
    { status: "checked", rule: mappedClaimsOnly },
    { status: "checked", rule: gitlabIds },
    { status: "checked", rule: terraformRunPhase },
    { status: "checked", rule: bitbucketSubject },
    {
      status: "impossible",
      test: "__tests__/lib/rules/impossible/federated-statements.test.ts",
      id: "OI-13",
      summary: "a statement for OIDC names one provider",
      why: "With the audience and subject of one provider, another never matches.",
      source: "IAM User Guide, id_roles_create_for-idp_oidc",
    },
    { status: "checked", rule: serviceAccountSubject },
    { status: "checked", rule: podIdentityRole },
    {
      status: "impossible",
      test: "__tests__/lib/rules/impossible/session-statements.test.ts",
      id: "OI-16",
      summary: "the next role after Pod Identity allows its tags, in a separate statement",
      why: "The tags of Pod Identity are transitive: a hop to a role whose trust policy lacks sts:TagSession fails.",
      source: "EKS User Guide, pod-id-assign-target-role",
    },
    { status: "checked", rule: githubInChina },
    { status: "checked", rule: wideSubject },
    { status: "checked", rule: samlAudienceKnown },
  ],
};
