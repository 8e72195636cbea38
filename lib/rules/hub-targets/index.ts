import type { Section } from "../rule";
import { anyAccountTarget } from "./seed-1-any-account-target";
import { ownOrganizationCondition } from "./seed-2-own-organization-condition";

export const HUB_TARGETS: Section = {
  title: "The hub and its targets",
  entries: [
    { status: "checked", rule: anyAccountTarget },
    { status: "checked", rule: ownOrganizationCondition },
    {
      status: "impossible",
      test: "__tests__/lib/rules/impossible/hub-targets.test.ts",
      id: "SEED-3",
      summary:
        "a hub is denied targets in other organizations and outside any organization, in every form of its permission",
      why: "aws:PrincipalOrgID in a hub's policy allows all three: targets in its own organization, in another, and in none.",
      source: "IAM User Guide, reference_policies_condition-keys",
    },
    {
      status: "impossible",
      test: "__tests__/lib/rules/impossible/caller-organization.test.ts",
      id: "SEED-4",
      summary: "every trust is bound to an organization or to accounts",
      why: "A role without either can be assumed from every AWS account.",
      source: "IAM User Guide, reference_policies_elements_principal",
    },
  ],
};
