import { readFileSync } from "node:fs";

/** What is done to a resource. */
export type PlanAction = "create" | "update" | "replace" | "delete" | "import" | "move";

/** Resources by what was done to them. */
export type PlanCounts = Record<PlanAction, number>;

/** What a plan of Terraform does, as its JSON says it. */
export interface RealPlan {
  /** Whether `plan -detailed-exitcode` said that there is anything to do. */
  readonly changes: boolean;
  /** What is done to each address; one that is imported and changed has both. Others stay as they are. */
  readonly actions: Readonly<Record<string, readonly PlanAction[]>>;
  /** Addresses that changed outside of Terraform, sorted. */
  readonly drift: readonly string[];
}

interface PlanJson {
  readonly resource_changes?: readonly ResourceChange[];
  readonly resource_drift?: readonly ResourceChange[];
}

interface ResourceChange {
  readonly address: string;
  readonly previous_address?: string;
  readonly change: { readonly actions: readonly string[]; readonly importing?: object };
}

/** Reads the output of `terraform show -json` for a plan. */
export function readPlan(file: string, changes: boolean): RealPlan {
  const plan = JSON.parse(readFileSync(file, "utf8")) as PlanJson;
  const actions: Record<string, PlanAction[]> = {};
  for (const { address, previous_address, change } of plan.resource_changes ?? []) {
    const done = [
      ...(change.importing === undefined ? [] : ["import" as const]),
      ...(previous_address === undefined ? [] : ["move" as const]),
      ...actionOf(change.actions),
    ];
    if (done.length > 0) actions[address] = done;
  }
  const drift = (plan.resource_drift ?? [])
    .filter(({ change }) => change.actions.some((action) => action !== "no-op"))
    .map(({ address }) => address);
  return { changes, actions, drift: [...new Set(drift)].sort() };
}

function actionOf(actions: readonly string[]): PlanAction[] {
  const text = [...actions].sort().join(" ");
  switch (text) {
    case "no-op":
    case "read":
      return [];
    case "create delete":
      return ["replace"];
    case "create":
    case "update":
    case "delete":
      return [text];
    default:
      throw new Error(`what is it that a plan does by ${text}?`);
  }
}

/** Adds what a plan does. */
export function countChanges(counts: PlanCounts, { actions }: RealPlan): void {
  for (const action of Object.values(actions).flat()) counts[action] += 1;
}

/** What some plans do: each action once, sorted. */
export function actionsOf(plans: Iterable<RealPlan>): PlanAction[] {
  return [...new Set([...plans].flatMap(({ actions }) => Object.values(actions).flat()))].sort();
}

/** Addresses to which some plans do something, sorted. */
export function addressesOf(plans: Iterable<RealPlan>, action: string): string[] {
  return [...plans]
    .flatMap(({ actions }) => Object.entries(actions))
    .filter(([, done]) => done.some((each) => each === action))
    .map(([address]) => address)
    .sort();
}
