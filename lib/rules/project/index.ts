import { abandonedRoles } from "./abandoned-roles";
import { changedAccountId } from "./changed-account-id";
import { unknownRegion } from "./unknown-region";
import { leavingAccount } from "./leaving-account";
import { readOnlySpoke } from "./read-only-spoke";
import { requiredTags } from "./required-tags";
import type { CatalogueEntry } from "../rule";
import { trustPolicyHeadroom } from "./trust-policy-headroom";
import { foreignExternalId } from "./foreign-external-id";
import { TERRAFORM_ENTRIES } from "../terraform/index";

/** What this project asks for itself. */
export const PROJECT_RULES: readonly CatalogueEntry[] = [
  { status: "checked", rule: changedAccountId },
  { status: "checked", rule: leavingAccount },
  { status: "checked", rule: unknownRegion },
  { status: "checked", rule: abandonedRoles },
  { status: "checked", rule: requiredTags },
  { status: "checked", rule: trustPolicyHeadroom },
  { status: "checked", rule: foreignExternalId },
  { status: "checked", rule: readOnlySpoke },
  ...TERRAFORM_ENTRIES,
];
