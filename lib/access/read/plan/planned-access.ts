import { sortDiagnostics } from "../../../diagnostics/diagnostic";
import type { Diagnostic } from "../../../diagnostics/diagnostic";
import type { AccessGraph } from "../../access-graph";
import type { BoundaryTexts } from "../boundary-texts";
import { accessGraph, isEmpty, nothingFound } from "../read-access-graph";
import { PARTIAL } from "./incomplete-plan";
import type { PlanReading } from "./read-terraform-plan";
import type { ResourceChange } from "./terraform-plan";

/** The access before and after plans are applied. */
export interface PlannedAccess {
  readonly before: AccessGraph;
  readonly after: AccessGraph;
  /** Of all plans, in their order. */
  readonly changes: readonly ResourceChange[];
  /** What was changed outside of Terraform; `before` has it. */
  readonly drift: readonly ResourceChange[];
  /** What could not be read on either side. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The access before and after plans are applied together. One side may be empty, where everything is
 * made or destroyed; plans without any policy on both sides are an error.
 *
 * @param texts of boundaries that the plans do not make, on each side. @default - those of AWS alone are known
 */
export function plannedAccess(
  readings: readonly PlanReading[],
  texts: { readonly before?: BoundaryTexts; readonly after?: BoundaryTexts } = {},
): PlannedAccess {
  const read = readings.flatMap(({ plan }) => (plan === undefined ? [] : [plan]));
  const before = accessGraph(
    read.map((plan) => plan.before),
    texts.before,
  );
  const after = accessGraph(
    read.map((plan) => plan.after),
    texts.after,
  );
  const diagnostics = [
    ...readings.flatMap((reading) => reading.diagnostics),
    // What was attached by hand is taken away by the plan, or was since it was made.
    ...before.diagnostics.filter(({ rule }) => rule !== "access-exclusive"),
    ...after.diagnostics,
  ];
  if (read.length === readings.length && isEmpty(before.graph) && isEmpty(after.graph)) {
    diagnostics.push(nothingFound(read.map((plan) => plan.after)));
  }
  return {
    before: before.graph,
    after: after.graph,
    changes: read.flatMap((plan) => plan.changes),
    drift: read.flatMap((plan) => plan.drift),
    diagnostics: sortDiagnostics(diagnostics.map(asOfChanges)),
  };
}

/** What a plan of a part leaves out is the same on both sides. */
function asOfChanges(diagnostic: Diagnostic): Diagnostic {
  return diagnostic.rule === PARTIAL ? { ...diagnostic, severity: "warning" } : diagnostic;
}
