import { kindOf, REPORTED_KINDS } from "../kinds/kinds";
import type { AccessChange } from "../kinds/kinds";
import type { Review } from "../review";
import { toneOf } from "./change-tone";
import { reportedChanges } from "./reported-changes";

/** One kind of change in numbers. */
export interface SummaryRow {
  readonly kind: AccessChange["kind"];
  readonly title: string;
  readonly gained: number;
  readonly lost: number;
  /** Those that are neither: to be looked at, or told and no more. */
  readonly other: number;
}

/** How many changes of each kind a review has, one for each account; kinds without any are left out. */
export function summaryRows({ changes }: Review): SummaryRow[] {
  const told = reportedChanges(changes);
  return REPORTED_KINDS.map(({ kind, title }): SummaryRow => {
    const sides = told.filter((change) => change.kind === kind).map(sidesOf);
    return {
      kind,
      title,
      gained: sides.filter(({ gained }) => gained).length,
      lost: sides.filter(({ lost }) => lost).length,
      other: sides.filter(({ gained, lost }) => !gained && !lost).length,
    };
  }).filter(({ gained, lost, other }) => gained + lost + other > 0);
}

function sidesOf(change: AccessChange): { gained: boolean; lost: boolean } {
  const sides = kindOf(change).sides?.(change);
  if (sides !== undefined) return sides;
  const tone = toneOf(change);
  return {
    gained: tone === "widened" || tone === "changed",
    lost: tone === "narrowed" || tone === "changed",
  };
}
