import type { AccessChange } from "./kinds/access-change";
import { REVIEW_VERSION } from "./review";
import type { Review } from "./review";
import type { ReviewInput } from "./compare/reviewed-tree";
import { fileSafeguardChanges } from "./safeguards/changed-files";
import { assertionChanges } from "./kinds/assertion";
import { boundaryChanges } from "./kinds/boundary";
import { sortChanges } from "./kinds/change-order";
import { changedStacks } from "./changed-stacks";
import { compareContext } from "./compare/compare-context";
import { edgeChanges } from "./kinds/edge";
import { edgeDifference } from "./compare/edge-difference";
import { escalationChanges } from "./kinds/escalation";
import { existenceChanges } from "./kinds/existence";
import { externalIdChanges } from "./kinds/external-id";
import { instanceProfileChanges } from "./kinds/instance-profile";
import { safeguardChanges } from "./kinds/safeguard";
import { permissionChanges } from "./kinds/permissions";
import { pipelineChanges } from "./kinds/pipeline";
import { providerChanges } from "./kinds/provider";
import { quotaChanges } from "./kinds/quota";
import { reachChanges } from "./kinds/reach";
import { replacementChanges } from "./kinds/replacement";
import { reviewedAccounts } from "./compare/reviewed-accounts";
import { sessionChanges } from "./kinds/session";
import { terraformChanges } from "./kinds/terraform";
import { trustChanges } from "./kinds/trust";
import { unknownChanges } from "./kinds/unknown";

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
