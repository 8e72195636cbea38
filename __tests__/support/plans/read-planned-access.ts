import { plannedAccess } from "../../../lib/access/read/plan/planned-access";
import type { PlannedAccess } from "../../../lib/access/read/plan/planned-access";
import { readTerraformPlan } from "../../../lib/access/read/plan/read-terraform-plan";

/** The access before and after plans are applied together, from their texts. */
export function readPlannedAccess(
  plans: readonly { readonly file: string; readonly text: string }[],
  texts?: Parameters<typeof plannedAccess>[1],
): PlannedAccess {
  return plannedAccess(
    plans.map(({ file, text }) => readTerraformPlan(file, text)),
    texts,
  );
}
