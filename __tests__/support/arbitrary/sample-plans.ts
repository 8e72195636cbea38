import fc from "fast-check";
import { accountMaps } from "./arbitrary-map";
import { planMap } from "../plans/planned-map";
import type { PlannedMap } from "../plans/planned-map";

let plans: readonly PlannedMap[] | undefined;

/** The plans of 150 arbitrary maps, always the same ones: what no map can bring about is in none of them. */
export function samplePlans(): readonly PlannedMap[] {
  plans ??= fc.sample(accountMaps, { numRuns: 150, seed: 1 }).map((value) => planMap(value));
  return plans;
}
