import type { PermissionPolicy } from "../../access/access-graph";
import type { BoundaryChange, Widening } from "../access-change";
import type { CompareContext } from "./compare-context";
import { permittedPairs } from "./permitted-identities";
import type { PermittedPair } from "./permitted-identities";
import { statementDifference } from "./statement-difference";
import { unknownPolicies } from "./unknown-policies";

/** The permissions boundaries that are not the same, of roles and users that both sides have. */
export function boundaryChanges(context: CompareContext): readonly BoundaryChange[] {
  return permittedPairs(context).flatMap(boundaryChange);
}

function boundaryChange({ identity, base, head }: PermittedPair): BoundaryChange[] {
  if (base === undefined || head === undefined) return [];
  const [before, after] = [base.boundary, head.boundary];
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const compared = compare(before, after);
  if (compared === undefined) return [];
  return [
    {
      kind: "boundary",
      identity,
      ...(before === undefined ? {} : { before: before.name }),
      ...(after === undefined ? {} : { after: after.name }),
      ...compared,
    },
  ];
}

/** `undefined` where not even the writing of the statements differs. */
function compare(
  before: PermissionPolicy | undefined,
  after: PermissionPolicy | undefined,
): { readonly change: Widening; readonly reason?: string } | undefined {
  if (after === undefined) return { change: "widened" };
  if (before === undefined) return { change: "narrowed" };
  const reasons = unknownPolicies([before], [after]);
  if (reasons.length > 0) return { change: "unknown", reason: reasons.join("; ") };
  if (!before.document.known || !after.document.known) {
    const reason = "which of the two lets more through is not known";
    return before.name === after.name ? undefined : { change: "unknown", reason };
  }
  const { same, gained, lost } = statementDifference(
    [before.document.value],
    [after.document.value],
  );
  if (same && before.name === after.name) return undefined;
  if (gained.length > 0 && lost.length > 0) {
    return {
      change: "unknown",
      reason: `it lets through in other ways: ${some(gained)}; and no longer: ${some(lost)}`,
    };
  }
  return { change: gained.length > 0 ? "widened" : lost.length > 0 ? "narrowed" : "equivalent" };
}

/** The first of many actions. */
function some(actions: readonly string[]): string {
  const shown = actions.slice(0, 5).join(", ");
  return actions.length > 5 ? `${shown} and ${actions.length - 5} more` : shown;
}
