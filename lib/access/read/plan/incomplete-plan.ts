import type { FindingId } from "../../../diagnostics/findings/finding-id";
import type { Diagnostic } from "../../../diagnostics/diagnostic";
import type { Doubt } from "../terraform-stack";
import { EXCLUSIVE_LISTS } from "./exclusive-lists";
import { planEntries } from "./plan-entries";
import type { PlanContent } from "./plan-entries";
import { objectAt, objectsAt, textAt } from "./plan-json";
import type { PlanJson } from "./plan-json";
import { stateResources } from "./state-resources";

/** The rule of the finding that a plan is of a part, which says nothing against what it changes. */
export const PARTIAL = "plan-partial";

/** What a plan says of itself, and what it holds that no change is about. */
export function incompletePlan(
  { root, kind }: PlanJson,
  content: PlanContent,
): readonly Diagnostic[] {
  const { file, changes, state } = content;
  const found: Diagnostic[] = [];
  const problem = (
    rule: FindingId,
    message: string,
    severity: "error" | "warning" = "error",
  ): void => {
    found.push({ severity, rule, file, message });
  };
  if (kind === "state") return found;
  if (root.errored === true) {
    problem("plan-errored", "is a plan that failed: it does not hold all changes");
  }
  const effective = changes.filter(({ change }) => change.action !== "no-op");
  if (root.applyable === false && effective.length > 0 && root.errored !== true) {
    problem("plan-errored", "is a plan that Terraform does not apply, and that has changes");
  }
  for (const check of objectsAt(root, "checks")) {
    const { to_display: name, kind: of } = objectAt(check.address);
    const { status } = check;
    // A block `check` only warns; conditions of resources, outputs and variables stop what is applied.
    if (of === "check" || (status !== "fail" && status !== "error")) continue;
    problem("plan-errored", `has a condition of ${String(name)} that does not hold`);
  }
  for (const deferred of objectsAt(root, "deferred_changes")) {
    const address = textAt(deferred.resource_change, "address");
    problem("plan-deferred", `${address} is deferred: what it will be is unknown`);
  }
  for (const { change } of changes) {
    if (change.action !== "forget" || !change.type.startsWith("aws_iam_")) continue;
    const fate = EXCLUSIVE_LISTS.has(change.type)
      ? "is forgotten: what is attached by hand is no longer taken away"
      : "is forgotten, and stays in the account as it is";
    problem("plan-forgotten", `${change.address} ${fate}`, "warning");
  }
  const known = new Set([
    ...changes.map(({ change }) => change.address),
    ...state.map(({ address }) => address),
  ]);
  for (const { address, mode } of stateResources(root.planned_values)) {
    if (mode !== "managed" || known.has(address)) continue;
    problem("plan-change", `${address} is planned, and no change is about it`);
  }
  return found;
}

/** Whether a plan is of a part: it has read that part anew, and nothing else. */
export function partialPlan({ root, kind }: PlanJson, content: PlanContent): readonly Doubt[] {
  if (kind === "state") return [];
  const [untouched, ...more] = planEntries(content).filter(
    ({ action, after }) => action === "untouched" && after?.type.startsWith("aws_iam_") === true,
  );
  // A plan that only reads anew has no changes at all, and has read everything.
  if (root.complete === false || (untouched !== undefined && content.changes.length > 0)) {
    const others = more.length === 0 ? "" : ` and ${more.length} more`;
    const names =
      untouched?.after === undefined ? "" : `, such as ${untouched.after.address}${others},`;
    const message = `is a plan of a part: what it leaves out${names} was not read anew, and is not corrected`;
    return [{ rule: PARTIAL, message }];
  }
  return [];
}
