import { assumingAction } from "../../access/sts-action";
import { callerAccount } from "../../iam/condition/caller";
import type { Direction, EdgeChange } from "../access-change";
import type { CompareContext, ComparedSide } from "./compare-context";
import type { DirectEdge, EdgeDifference } from "./edge-difference";

/** The direct ways into roles that only one side has, as changes. */
export function edgeChanges(
  { base, head }: CompareContext,
  { gained, lost }: EdgeDifference,
): readonly EdgeChange[] {
  return [
    ...gained.map((edge) => edgeChange("gained", head, edge)),
    ...lost.map((edge) => edgeChange("lost", base, edge)),
  ];
}

function edgeChange(
  direction: Direction,
  side: ComparedSide,
  { from, caller, to, certain }: DirectEdge,
): EdgeChange {
  const account = callerAccount(caller);
  return {
    kind: "edge",
    direction,
    from,
    to,
    action: assumingAction(caller.kind),
    certain,
    foreign: account !== undefined && !side.isOwn(account),
  };
}
