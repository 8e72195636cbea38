import { callerTerms } from "../../access/callers/caller-terms";
import type { CallerTerms } from "../../access/callers/caller-terms";
import type { CallerIdentity } from "../../access/callers/caller-in-request";
import { assumingAction } from "../../access/decide/sts-action";
import { callerAccount } from "../../iam/condition/caller";
import type { Caller } from "../../iam/condition/caller";
import type { Direction, EdgeChange } from "./access-change";
import type { CompareContext, ComparedSide } from "../compare/compare-context";
import type { DirectEdge, EdgeDifference } from "../compare/edge-difference";

/** The hops into roles that only one side has, as changes. */
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
  { from, who, caller, identity, to, certain }: DirectEdge,
): EdgeChange {
  const account = callerAccount(caller);
  return {
    kind: "edge",
    direction,
    from,
    caller: who,
    terms: termsOn(side, to, caller, identity),
    to,
    action: assumingAction(caller.kind),
    certain,
    foreign: account !== undefined && !side.isOwn(account),
  };
}

/** The conditions under which a caller assumes a role of one side. */
export function termsOn(
  { graph }: ComparedSide,
  roleArn: string,
  caller: Caller,
  identity: CallerIdentity,
): CallerTerms {
  const role = graph.roles.get(roleArn);
  return role === undefined ? { conditions: [] } : callerTerms(role, caller, identity);
}
