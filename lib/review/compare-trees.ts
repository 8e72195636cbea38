import { changedStacks } from "./changed-stacks";
import { comparison } from "./compare/comparison";
import { reviewedAccounts } from "./compare/reviewed-accounts";
import type { ReviewInput } from "./compare/reviewed-tree";
import { findChanges } from "./kinds/kinds";
import { REVIEW_VERSION } from "./review";
import type { Review } from "./review";

/**
 * The difference of access between two trees of Terraform: who gains and who loses access, decided by
 * the prover, not by the text. What could not be read or decided is unknown, never no change.
 */
export function compareTrees(input: ReviewInput): Review {
  const changes = findChanges(comparison(input));
  const stacks = changedStacks(input, changes);
  return {
    version: REVIEW_VERSION,
    hasChanges: changes.length > 0 || stacks.length > 0,
    changes,
    accounts: reviewedAccounts(changes, input),
    stacks,
  };
}
