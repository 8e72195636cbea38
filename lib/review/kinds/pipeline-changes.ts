import type { PipelineChange, TrustChange } from "./access-change";
import type { CompareContext } from "../compare/compare-context";

/**
 * Roles of the pipeline that head makes inaccessible: those that are removed, and those whose trust policies
 * deny a caller that base allowed, or deny one if an unknown policy does.
 *
 * @param roleArns roles of the pipeline, as base has them
 * @param trusts the changes of trust policies
 */
export function pipelineChanges(
  { base, roles }: CompareContext,
  roleArns: readonly string[],
  trusts: readonly TrustChange[],
): readonly PipelineChange[] {
  return roleArns.flatMap((role): PipelineChange[] => {
    if (!base.graph.roles.has(role)) return [];
    const pair = roles.both.find((each) => each.base.arn === role);
    if (pair === undefined) return [lost(role, "the role is removed")];
    if (pair.head.arn !== role) return [lost(role, `the role is replaced by ${pair.head.arn}`)];
    const trust = trusts.find((each) => each.role === role);
    if (trust === undefined) return [];
    const { change, lost: denied, reason } = trust;
    if (change === "widened" || change === "equivalent") return [];
    return denied === undefined
      ? [
          lost(
            role,
            `whether its trust policy still allows the pipeline is unknown: ${reason ?? ""}`,
          ),
        ]
      : [lost(role, `its trust policy no longer allows: ${denied.request}`)];
  });
}

function lost(role: string, message: string): PipelineChange {
  return { kind: "pipeline", role, message };
}
