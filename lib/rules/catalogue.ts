import { changedAccountId } from "./changed-account-id";
import { inlinePolicySize } from "./inline-policy-size";
import { managedPolicyCount } from "./managed-policy-count";
import { managedPolicySize } from "./managed-policy-size";
import { requiredTags } from "./required-tags";
import type { Rule } from "./rule";
import { samePartition } from "./same-partition";
import { stackOrder } from "./stack-order";
import { tagCount } from "./tag-count";
import { trustPolicySize } from "./trust-policy-size";
import { uniqueRoleName } from "./unique-role-name";
import { userPolicySize } from "./user-policy-size";

/** All rules, in the order of their ids. */
export const RULES: readonly Rule[] = [
  uniqueRoleName,
  trustPolicySize,
  inlinePolicySize,
  managedPolicySize,
  managedPolicyCount,
  tagCount,
  userPolicySize,
  samePartition,
  stackOrder,
  requiredTags,
  changedAccountId,
];
