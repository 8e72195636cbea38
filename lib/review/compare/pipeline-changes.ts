import type { PipelineChange, TrustChange } from "../access-change";
import type { CompareContext } from "./compare-context";

/**
 * Roles by which the pipeline carries changes out that head makes inaccessible: those that go, and those whose
 * trust policies keep out somebody whom base let in, or may.
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
    if (pair === undefined) return [lost(role, "the role goes")];
    if (pair.head.arn !== role) return [lost(role, `the role is replaced by ${pair.head.arn}`)];
    const trust = trusts.find((each) => each.role === role);
    if (trust === undefined) return [];
    const { change, lost: keptOut, reason } = trust;
    if (change === "widened" || change === "equivalent") return [];
    return keptOut === undefined
      ? [
          lost(
            role,
            `whether its trust policy still lets the pipeline in is not known: ${reason ?? ""}`,
          ),
        ]
      : [lost(role, `its trust policy keeps out whom it let in: ${keptOut.request}`)];
  });
}

function lost(role: string, message: string): PipelineChange {
  return { kind: "pipeline", role, message };
}
