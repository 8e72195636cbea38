import type { Diagnostic } from "../../../diagnostics/diagnostic";
import { isObject } from "../terraform-stack";
import { objectKey } from "./plan-entries";
import type { PlanContent } from "./plan-entries";
import { stateResources } from "./state-resources";

/**
 * Where a plan says two things of one resource of IAM. Terraform takes what a change starts from out of its
 * state, read anew, in which everything that drifted is as it drifted; and what it ends in is planned.
 *
 * @param planned the planned values
 */
export function planContradictions(
  { file, changes, drift, state }: PlanContent,
  planned: unknown,
): readonly Diagnostic[] {
  const inState = new Map(
    state.map((each) => [objectKey(each.address, each.deposed), each.values]),
  );
  const ends = new Map(
    stateResources(planned).map((each) => [objectKey(each.address), each.values]),
  );
  const starts = new Map<string, unknown>(inState);
  const found: Diagnostic[] = [];
  const compare = (
    address: string,
    one: readonly [string, unknown],
    other: readonly [string, unknown],
  ): void => {
    if (comparable(one[1]) === comparable(other[1])) return;
    const message = `${address} is not the same in ${one[0]} and in ${other[0]}: what there will be is unknown`;
    found.push({ severity: "error", rule: "plan-contradiction", file, message });
  };
  for (const { change, before, after } of changes) {
    const key = objectKey(change.address, change.deposed);
    starts.set(key, before?.values);
    if (!isOfIam(change.type)) continue;
    if (inState.has(key)) {
      compare(change.address, ["`prior_state`", inState.get(key)], [CHANGES, before?.values]);
    }
    // What is forgotten is planned to be without values.
    if (change.deposed === undefined && change.action !== "forget" && ends.has(key)) {
      compare(change.address, [CHANGES, after?.values], ["`planned_values`", ends.get(key)]);
    }
  }
  for (const { change, after } of drift) {
    const key = objectKey(change.address, change.deposed);
    if (!isOfIam(change.type) || !starts.has(key)) continue;
    const where = inState.has(key) ? "`prior_state`" : CHANGES;
    compare(change.address, ["`resource_drift`", after?.values], [where, starts.get(key)]);
  }
  return found;
}

const CHANGES = "`resource_changes`";

function isOfIam(type: string): boolean {
  return type.startsWith("aws_iam_");
}

function comparable(value: unknown): string {
  return JSON.stringify(sorted(value ?? null));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  );
}
