import type { FindingId } from "../../diagnostics/findings/finding-id";
import { LIMITS } from "../limits";
import type { DocumentShape } from "../policy-shape";
import { KIND_NAMES } from "./finding";
import type { GrammarFinding } from "./finding";
import type { PolicyKind } from "./policy-kind";

const QUOTAS: Partial<Record<PolicyKind, { readonly rule: FindingId; readonly most: number }>> = {
  "service-control": { rule: "PB-06", most: LIMITS.serviceControlPolicySize },
  "resource-control": { rule: "PB-07", most: LIMITS.resourceControlPolicySize },
};

/** A control policy has a largest size, without the white space around its values (rules PB-06, PB-07). */
export function* controlPolicySize(
  document: DocumentShape,
  kind: PolicyKind,
): Iterable<GrammarFinding> {
  const quota = QUOTAS[kind];
  if (quota === undefined) return;
  const size = JSON.stringify(document).length;
  if (size <= quota.most) return;
  yield {
    rule: quota.rule,
    at: [],
    message: `${KIND_NAMES[kind]} has at most ${quota.most} characters, got ${size} without white space`,
    help: "split it into several policies",
  };
}
