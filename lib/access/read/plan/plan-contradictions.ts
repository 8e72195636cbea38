import { isObject } from "../../../source/json-object";
import type { Doubt, TerraformObject } from "../terraform-stack";
import { objectKey, plannedResource } from "./plan-entries";
import type { PlanContent } from "./plan-entries";
import type { PlannedChange } from "./resource-changes";
import { stateResources } from "./state-resources";
import { byKey } from "../../../values/order";

/**
 * Where a plan says two things of one resource of IAM. Terraform takes what a change starts from out of its
 * state, read anew, in which everything that drifted is as it drifted; and what it ends in is planned. What is
 * destroyed because it has left the configuration starts from the state as it was stored (Terraform 1.11.4).
 *
 * @param planned the planned values
 */
export function planContradictions(content: PlanContent, planned: unknown): readonly Doubt[] {
  const { changes, drift, state } = content;
  const inState = new Map(
    state.map((each) => [objectKey(each.address, each.deposed), each.values]),
  );
  const ends = new Map(
    stateResources(planned).map((each) => [objectKey(each.address), each.values]),
  );
  const stored = new Map(
    drift.map(({ change, before }) => [objectKey(change.address, change.deposed), before?.values]),
  );
  const starts = new Map<string, TerraformObject | undefined>(inState);
  const found: Doubt[] = [];
  const compare = ({ change, module }: PlannedChange, one: Said, other: Said): void => {
    if (comparable(one[1]) === comparable(other[1])) return;
    const message = `is not the same in ${one[0]} and in ${other[0]}: what there will be is unknown`;
    for (const values of differentlyNamed(one[1], other[1])) {
      const resource = plannedResource(content, { ...change, module }, values);
      found.push({ rule: "plan-contradiction", resource, message });
    }
  };
  for (const changed of changes) {
    const { change, before, after } = changed;
    const key = objectKey(change.address, change.deposed);
    const isStored =
      change.action === "delete" &&
      inState.has(key) &&
      stored.has(key) &&
      comparable(before?.values) === comparable(stored.get(key));
    // What is there, the drift tells then, and the state is compared with that.
    if (!isStored) starts.set(key, before?.values);
    if (!isOfIam(change.type)) continue;
    if (inState.has(key) && !isStored) {
      compare(changed, ["`prior_state`", inState.get(key)], [CHANGES, before?.values]);
    }
    // What is forgotten is planned to be without values.
    if (change.deposed === undefined && change.action !== "forget" && ends.has(key)) {
      compare(changed, [CHANGES, after?.values], ["`planned_values`", ends.get(key)]);
    }
  }
  for (const drifted of drift) {
    const { change, after } = drifted;
    const key = objectKey(change.address, change.deposed);
    if (!isOfIam(change.type) || !starts.has(key)) continue;
    const where = inState.has(key) ? "`prior_state`" : CHANGES;
    compare(drifted, ["`resource_drift`", after?.values], [where, starts.get(key)]);
  }
  return found;
}

/** A part of a plan, and the values that it tells. */
type Said = readonly [where: string, values: TerraformObject | undefined];

/** One of two sets of values, or both where they are about different users, roles or groups. */
function differentlyNamed(
  one: TerraformObject | undefined,
  other: TerraformObject | undefined,
): readonly TerraformObject[] {
  if (one === undefined || other === undefined) return [one ?? other ?? {}];
  const isSame = NAMES.every((name) => comparable(one[name]) === comparable(other[name]));
  return isSame ? [one] : [one, other];
}

const NAMES = ["name", "role", "user", "group", "role_name", "user_name"];

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
      .sort(byKey)
      .map(([key, each]) => [key, sorted(each)]),
  );
}
