import type { AccessChange } from "../kinds/access-change";
import { REVIEW_VERSION } from "../review";
import type { Review } from "../review";
import type { ReviewInput } from "./reviewed-tree";
import { fileSafeguardChanges } from "../safeguards/changed-files";
import { assertionChanges } from "../kinds/assertion-changes";
import { boundaryChanges } from "../kinds/boundary-changes";
import { sortChanges } from "../kinds/change-order";
import { changedStacks } from "./changed-stacks";
import { compareContext } from "./compare-context";
import { edgeChanges } from "../kinds/edge-changes";
import { edgeDifference } from "./edge-difference";
import { escalationChanges } from "../kinds/escalation-changes";
import { existenceChanges } from "../kinds/existence-changes";
import { externalIdChanges } from "../kinds/external-id-changes";
import { instanceProfileChanges } from "../kinds/instance-profile-changes";
import { safeguardChanges } from "../kinds/safeguard-changes";
import { permissionChanges } from "../kinds/permission-changes";
import { pipelineChanges } from "../kinds/pipeline-changes";
import { providerChanges } from "../kinds/provider-changes";
import { quotaChanges } from "../kinds/quota-changes";
import { reachChanges } from "../kinds/reach-changes";
import { replacementChanges } from "../kinds/replacement-changes";
import { reviewedAccounts } from "./reviewed-accounts";
import { sessionChanges } from "../kinds/session-changes";
import { terraformChanges } from "../kinds/terraform-changes";
import { trustChanges } from "../kinds/trust-changes";
import { unknownChanges } from "../kinds/unknown-changes";

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
