import type { CatalogueEntry } from "../rule";
import { inlinePolicySize } from "../inline-policy-size";
import { managedPolicyCount } from "../managed-policy-count";
import { managedPolicySize } from "../managed-policy-size";
import { tagCount } from "../tag-count";
import { trustPolicySize } from "../trust-policy-size";
import { uniqueRoleName } from "../unique-role-name";
import { userPolicySize } from "../user-policy-size";

/** Section A: identifiers, names and quotas. */
export const SECTION_A: readonly CatalogueEntry[] = [
  { status: "checked", rule: uniqueRoleName },
  { status: "checked", rule: trustPolicySize },
  { status: "checked", rule: inlinePolicySize },
  { status: "checked", rule: managedPolicySize },
  { status: "checked", rule: managedPolicyCount },
  { status: "checked", rule: tagCount },
  { status: "checked", rule: userPolicySize },
];
