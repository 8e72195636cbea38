import { abandonedRoles } from "./abandoned-roles";
import { changedAccountId } from "./changed-account-id";
import { unknownRegion } from "./unknown-region";
import { leavingAccount } from "./leaving-account";
import { readOnlySpoke } from "./read-only";
import { requiredTags } from "./required-tags";
import type { Section } from "../rule";
import { trustPolicyHeadroom } from "./trust-policy-headroom";
import { foreignExternalId } from "./foreign-external-id";
import { TERRAFORM_ENTRIES } from "../terraform/index";

export const PROJECT: Section = {
  title: "What this project asks for itself",
  entries: [
    { status: "checked", rule: changedAccountId },
    { status: "checked", rule: leavingAccount },
    { status: "checked", rule: unknownRegion },
    { status: "checked", rule: abandonedRoles },
    { status: "checked", rule: requiredTags },
    { status: "checked", rule: trustPolicyHeadroom },
    { status: "checked", rule: foreignExternalId },
    { status: "checked", rule: readOnlySpoke },
    ...TERRAFORM_ENTRIES,
  ],
};
