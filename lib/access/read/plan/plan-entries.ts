import type { TerraformResource } from "../terraform-stack";
import { isPlaceholder } from "../terraform-value";
import { EXCLUSIVE_LISTS } from "./exclusive-lists";
import type { LocateResource } from "./plan-accounts";
import { OBSERVED, planAttributes } from "./plan-attributes";
import { withoutIndexes } from "./plan-configuration";
import type { ConfiguredResource, PlanConfiguration } from "./plan-configuration";
import type { PlannedChange, PlannedValues } from "./resource-changes";
import type { StateResource } from "./state-resources";
import type { PlannedAction } from "./terraform-plan";

/** A resource of a plan or of a state: what it is, what it will be, and what Terraform does to get there. */
export interface PlanEntry {
  /** `untouched` where no change is about it, as in a state and in a plan of a part. */
  readonly action: PlannedAction | "untouched";
  /** Whether a replacement makes the new object before it destroys the old one. */
  readonly createsFirst: boolean;
  /** Address without indexes, as the configuration has it. */
  readonly configuredAt: string;
  /** @default - the configuration does not have it (any more), or there is none */
  readonly configured?: ConfiguredResource;
  /** @default - there is none yet */
  readonly before?: TerraformResource;
  /** @default - it is destroyed, or does nothing any more */
  readonly after?: TerraformResource;
}

/** What is in a plan or in a state. */
export interface PlanContent {
  readonly file: string;
  /** Those of managed resources. */
  readonly changes: readonly PlannedChange[];
  /** What was changed outside of Terraform. */
  readonly drift: readonly PlannedChange[];
  readonly state: readonly StateResource[];
  readonly configuration: PlanConfiguration;
  readonly locate: LocateResource;
}

/**
 * The resources of a plan with both sides of each. What no change is about stays as the state has it, or as
 * it drifted. What Terraform forgets stays in the account as it is, but for exclusive lists, which are
 * nothing in an account: they take nothing away any more.
 */
export function planEntries(content: PlanContent): readonly PlanEntry[] {
  const { changes, drift } = content;
  const state = withoutChange(content.state, changes);
  const known = new Set([...changes.map(keyOfChange), ...content.state.map(keyOfState)]);
  return [
    ...changes.map((change) => changedEntry(content, change)),
    ...state.map((untouched) =>
      untouchedEntry(content, untouched, { ...untouched, unknown: undefined }),
    ),
    ...drift.flatMap((change) =>
      change.after === undefined || known.has(keyOfChange(change))
        ? []
        : [untouchedEntry(content, { ...change.change, module: change.module }, change.after)],
    ),
  ];
}

/** What tells apart the objects of a plan: the address, and the key of one that a replacement left behind. */
export function objectKey(address: string, deposed = ""): string {
  return `${address} ${deposed}`;
}

function keyOfChange({ change }: PlannedChange): string {
  return objectKey(change.address, change.deposed);
}

function keyOfState({ address, deposed }: StateResource): string {
  return objectKey(address, deposed);
}

/** The resources of a state that no change is about, as in a plan of a part. */
function withoutChange(
  state: readonly StateResource[],
  changes: readonly PlannedChange[],
): readonly StateResource[] {
  const inState = new Set(state.map(keyOfState));
  const changed = new Set(
    changes.flatMap((planned) => {
      const { previousAddress, deposed } = planned.change;
      const key = keyOfChange(planned);
      // A state has moved resources where they are now; else the previous address is somebody else's.
      return previousAddress === undefined || inState.has(key)
        ? [key]
        : [key, objectKey(previousAddress, deposed)];
    }),
  );
  return state.filter(
    (resource) => resource.mode === "managed" && !changed.has(keyOfState(resource)),
  );
}

interface Place {
  readonly address: string;
  readonly type: string;
  readonly module: string;
  readonly deposed?: string;
}

function changedEntry(content: PlanContent, planned: PlannedChange): PlanEntry {
  const { change, module, before: old, after: made, createsFirst } = planned;
  const { action } = change;
  const at = { ...change, module };
  const before = old === undefined ? undefined : resource(content, at, old, old);
  let after: TerraformResource | undefined;
  if (action === "forget")
    after = EXCLUSIVE_LISTS.has(change.type) ? undefined : before && withKept(before, before);
  else if (action !== "delete" && made !== undefined) {
    const arnFrom = action === "replace" || old === undefined ? made : old;
    after = resource(content, at, made, arnFrom);
    if (action !== "replace") after = withKept(after, before);
  }
  return { ...shared(content, change.address), action, createsFirst, ...sides(before, after) };
}

function untouchedEntry(content: PlanContent, at: Place, values: PlannedValues): PlanEntry {
  const made = resource(content, at, values, values);
  return {
    ...shared(content, at.address),
    action: "untouched",
    createsFirst: false,
    ...sides(made, withKept(made, made)),
  };
}

function shared(
  { configuration }: PlanContent,
  address: string,
): Pick<PlanEntry, "configuredAt" | "configured"> {
  const configuredAt = withoutIndexes(address);
  const configured = configuration.get(configuredAt);
  return { configuredAt, ...(configured === undefined ? {} : { configured }) };
}

function sides(
  before: TerraformResource | undefined,
  after: TerraformResource | undefined,
): Pick<PlanEntry, "before" | "after"> {
  return {
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
}

/** A resource of a plan with values that the plan tells somewhere. */
export function plannedResource(
  content: PlanContent,
  at: Place,
  values: PlannedValues["values"],
): TerraformResource {
  const told = { values, unknown: undefined, sensitive: undefined };
  return resource(content, at, told, told);
}

/** @param arnFrom the values whose ARN tells the account */
function resource(
  { file, configuration, locate }: PlanContent,
  { address, type, module, deposed }: Place,
  values: PlannedValues,
  arnFrom: PlannedValues,
): TerraformResource {
  const location = locate(address, arnFrom.values);
  const configured = configuration.get(withoutIndexes(address));
  const embeds = [...OBSERVED].filter((name) => configured?.expressions[name] !== undefined);
  return {
    stack: file,
    file,
    type,
    address: deposed === undefined ? address : `${address} (deposed ${deposed})`,
    attributes: planAttributes(values, module, configured),
    ...(embeds.length === 0 ? {} : { embeds }),
    ...(location === undefined ? {} : { location }),
  };
}

/**
 * What an object that stays has of before: what was found attached to it, though the provider will look
 * again, and its trust policy, where that is the same.
 */
function withKept(
  after: TerraformResource,
  before: TerraformResource | undefined,
): TerraformResource {
  const attributes: Record<string, unknown> = { ...after.attributes };
  for (const name of OBSERVED) {
    const found = before?.attributes[name];
    if (!(name in attributes) && found !== undefined && !isPlaceholder(found)) {
      attributes[name] = found;
    }
  }
  const isSame =
    after.type === "aws_iam_role" &&
    after.attributes.assume_role_policy === before?.attributes.assume_role_policy;
  return { ...after, attributes, ...(isSame ? { keepsTrust: true } : {}) };
}
