import type { Comparison } from "../compare/comparison";
import { entity } from "../words/names";
import { say } from "../words/text";
import type { ChangeKind } from "./change-kind";
import type { TrustChange } from "./trust";

/** The pipeline that applies changes loses its own access. */
export interface PipelineChange {
  readonly kind: "pipeline";
  /** ARN of the role that it loses. */
  readonly role: string;
  readonly message: string;
}

/** The access of the pipeline that applies changes. */
export const pipelineKind: ChangeKind<PipelineChange> = {
  kind: "pipeline",
  title: "Pipeline access",
  find: pipelineChanges,
  subject: ({ role }) => role,
  triggers: () => ["pipeline-locked-out"],
  finding: () => "review-pipeline-locked-out",
  sentence: ({ role, message }, _, review) =>
    say`the pipeline loses access to ${entity(role, review)}: ${message}`,
};

/**
 * Roles of the pipeline that head makes inaccessible: those that are removed, and those whose trust policies
 * deny a caller that base allowed, or deny one if an unknown policy does.
 */
function pipelineChanges(
  { base, roles, pipelineRoles }: Comparison,
  earlier: readonly { readonly kind: string }[],
): readonly PipelineChange[] {
  const trusts = earlier.filter(isTrust);
  return pipelineRoles.flatMap((role): PipelineChange[] => {
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

function isTrust(change: { readonly kind: string }): change is TrustChange {
  return change.kind === "trust";
}

function lost(role: string, message: string): PipelineChange {
  return { kind: "pipeline", role, message };
}
