import type { AccessChange } from "../access-change";
import { REVIEW_VERSION } from "../review";
import type { Review } from "../review";
import type { ReviewInput } from "../reviewed-tree";
import { fileSafeguardChanges } from "../safeguards/changed-files";
import { assertionChanges } from "./assertion-changes";
import { boundaryChanges } from "./boundary-changes";
import { sortChanges } from "./change-order";
import { changedStacks } from "./changed-stacks";
import { compareContext } from "./compare-context";
import { edgeChanges } from "./edge-changes";
import { edgeDifference } from "./edge-difference";
import { escalationChanges } from "./escalation-changes";
import { existenceChanges } from "./existence-changes";
import { externalIdChanges } from "./external-id-changes";
import { instanceProfileChanges } from "./instance-profile-changes";
import { safeguardChanges } from "./safeguard-changes";
import { permissionChanges } from "./permission-changes";
import { pipelineChanges } from "./pipeline-changes";
import { providerChanges } from "./provider-changes";
import { quotaChanges } from "./quota-changes";
import { reachChanges } from "./reach-changes";
import { replacementChanges } from "./replacement-changes";
import { reviewedAccounts } from "./reviewed-accounts";
import { sessionChanges } from "./session-changes";
import { terraformChanges } from "./terraform-changes";
import { trustChanges } from "./trust-changes";
import { unknownChanges } from "./unknown-changes";

/**
 * The difference of access between two trees of Terraform: who gains and who loses access, decided by
 * the prover, not by the text. What could not be read or decided is unknown, never no change.
 */
export function compareTrees(input: ReviewInput): Review {
  const context = compareContext(input);
  const edges = edgeDifference(context);
  const trusts = trustChanges(context);
  const changes: readonly AccessChange[] = sortChanges([
    ...reachChanges(context, edges),
    ...edgeChanges(context, edges),
    ...trusts,
    ...permissionChanges(context),
    ...escalationChanges(context),
    ...sessionChanges(context),
    ...boundaryChanges(context),
    ...externalIdChanges(context),
    ...existenceChanges(context),
    ...replacementChanges(context),
    ...assertionChanges(context),
    ...quotaChanges(context),
    ...safeguardChanges(context),
    ...(input.files === undefined ? [] : fileSafeguardChanges(input.files)),
    ...pipelineChanges(context, input.pipelineRoles ?? [], trusts),
    ...providerChanges(context),
    ...instanceProfileChanges(context),
    ...terraformChanges(context),
    ...unknownChanges(context),
  ]);
  const stacks = changedStacks(input, changes);
  return {
    version: REVIEW_VERSION,
    hasChanges: changes.length > 0 || stacks.length > 0,
    changes,
    accounts: reviewedAccounts(changes, input),
    stacks,
  };
}
