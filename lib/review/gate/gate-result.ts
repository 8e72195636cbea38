import type { AccessChange } from "../kinds/kinds";

/** The outcome for a change, from the mildest to the strictest. */
export type GateOutcome = "merge" | "approval" | "block";

/** A rule that decided about changes. */
export interface GateRuleResult {
  /** Name in the map; one of ours where no rule of the map fits, such as `default: widened`. */
  readonly name: string;
  readonly outcome: GateOutcome;
  /** Teams that must all approve; none where anybody may. */
  readonly teams: readonly string[];
  readonly reason?: string;
  readonly changes: readonly AccessChange[];
}

/** Whether the gate passes a pull request. */
export interface GateResult {
  readonly outcome: GateOutcome;
  /** Rules that have changes, the strictest first, then by name. */
  readonly rules: readonly GateRuleResult[];
  /** Teams whose approval is still missing, sorted. */
  readonly missing: readonly string[];
}
