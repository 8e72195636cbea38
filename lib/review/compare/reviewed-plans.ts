import type { AccessGraph } from "../../access/access-graph";
import type { BoundaryTexts } from "../../access/read/boundary-texts";
import { plannedAccess } from "../../access/read/plan/planned-access";
import type { PlanReading } from "../../access/read/plan/read-terraform-plan";
import type { ResourceChange } from "../../access/read/plan/terraform-plan";
import type { AccountMap } from "../../account-map/model/account-map";
import type { MovedAddress, ReviewedTree } from "./reviewed-tree";

/**
 * Both sides of a review from Terraform plans, as `terraform show -json` prints them: what there is, and what
 * there will be. What could not be read counts for both.
 *
 * @param maps of base and head, where they are at hand
 * @param texts of boundaries that the plans do not make, of base and head. @default - those of AWS alone are known
 */
export function reviewedPlans(
  plans: readonly PlanReading[],
  maps: { readonly base?: AccountMap; readonly head?: AccountMap } = {},
  texts: { readonly base?: BoundaryTexts; readonly head?: BoundaryTexts } = {},
): { readonly base: ReviewedTree; readonly head: ReviewedTree } {
  const { before, after, changes, diagnostics } = plannedAccess(plans, {
    ...(texts.base === undefined ? {} : { before: texts.base }),
    ...(texts.head === undefined ? {} : { after: texts.head }),
  });
  const unread = diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ file, message }) => ({ subject: file, reason: message }));
  const tree = (graph: AccessGraph, map: AccountMap | undefined): ReviewedTree => ({
    graph,
    unread,
    moved: changes.flatMap(movedAddress),
    replaced: changes.filter(({ action }) => action === "replace"),
    texts: new Map(),
    ...(map === undefined ? {} : { map }),
  });
  return { base: tree(before, maps.base), head: tree(after, maps.head) };
}

function movedAddress({ stack, address, previousAddress }: ResourceChange): MovedAddress[] {
  return previousAddress === undefined ? [] : [{ stack, from: previousAddress, to: address }];
}
