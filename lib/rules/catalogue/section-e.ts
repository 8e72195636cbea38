import type { CatalogueEntry } from "../rule";
import { anyAccountTarget } from "../any-account-target";
import { ownOrganizationCondition } from "../own-organization-condition";

/** Section E: the hub and its targets. */
export const SECTION_E: readonly CatalogueEntry[] = [
  { status: "checked", rule: anyAccountTarget },
  { status: "checked", rule: ownOrganizationCondition },
  {
    status: "impossible",
    test: "__tests__/lib/rules/impossible/hub-targets.test.ts",
    id: "SEED-3",
    summary:
      "a hub is denied targets of other organizations and of none, in every form that its permission takes",
    why: "aws:PrincipalOrgID in the policy of a hub lets all three in: targets of its own organization, of another, and of none.",
    source: "IAM User Guide, reference_policies_condition-keys",
  },
  {
    status: "impossible",
    test: "__tests__/lib/rules/impossible/caller-organization.test.ts",
    id: "SEED-4",
    summary: "every trust is bound to an organization or to accounts",
    why: "A role without either can be entered from every account of the world.",
    source: "IAM User Guide, reference_policies_elements_principal",
  },
];
