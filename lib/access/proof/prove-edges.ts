import { principalArn } from "../../iam/condition/caller";
import type { ResolvedAccess } from "../../plan/resolved-access";
import { carriedContext } from "../declared/carried-context";
import { decideCall } from "../decide/decide-call";
import { describeReason } from "../decide/decision";
import type { AccessModel } from "../decide/access-model";
import { edgeCalls } from "./edge-calls";
import type { ProofProblem } from "./proof-problem";

/**
 * Proves both halves of every edge that is ours on both sides, and so every hop of every chain.
 *
 * @param onProved told before each edge how many were proved
 */
export function proveEdges(
  plan: ResolvedAccess,
  world: AccessModel,
  onProved?: (edges: number) => void,
): readonly ProofProblem[] {
  const carried = carriedContext(plan);
  return plan.edges.flatMap((edge, index) => {
    onProved?.(index);
    return edgeCalls(edge, carried).flatMap((call): ProofProblem[] => {
      const { decision, reasons } = decideCall(world, call);
      if (decision === "allowed") return [];
      const who = principalArn(call.caller) ?? call.caller.kind;
      const against = reasons.filter(({ effect }) => effect !== "allow");
      const why = against.map(describeReason).join("; ");
      const denied = decision === "denied";
      return [
        {
          verdict: denied ? "refuted" : "unknown",
          roleArn: edge.to.arn,
          message: `${who} is a declared caller, but is ${denied ? "denied" : "not known to be allowed"}: ${why}`,
          at: edge.at,
        },
      ];
    });
  });
}
