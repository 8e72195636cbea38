import { planOfStack } from "./plan-of-stack";

/** Values of a resource, as they stand in a plan. */
export type Values = Record<string, unknown>;

/** A change of a plan that tests edit. */
export interface EditableChange {
  address: string;
  mode: string;
  type: string;
  name: string;
  provider_name: string;
  previous_address?: string;
  deposed?: string;
  change: {
    actions: string[];
    before: Values | null;
    after: Values | null;
    after_unknown: Values;
    after_sensitive: Values;
  };
}

/** A resource of a state. */
export interface EditableResource {
  address: string;
  mode: string;
  type: string;
  name: string;
  deposed_key?: string;
  values: Values;
}

interface Module {
  resources: EditableResource[];
}

/** A plan that tests edit. */
export interface EditablePlan extends Record<string, unknown> {
  resource_changes: EditableChange[];
  resource_drift: EditableChange[];
  prior_state: { values: { root_module: Module } };
  planned_values: { root_module: Module };
  configuration: {
    provider_config: Record<string, Values>;
    root_module: { resources: { address: string; expressions: Values; depends_on?: string[] }[] };
  };
}

/**
 * The plan of a stack that is applied already, and nothing was touched since: no change, and roles with what
 * the provider finds attached to them, as Terraform writes it.
 */
export function standingPlan(text: string, accountId: string): EditablePlan {
  const plan = JSON.parse(planOfStack(text)) as EditablePlan;
  const all = plan.resource_changes;
  const arnOf = ({ type, change: { after } }: EditableChange): string | undefined => {
    const kind = ARNS.get(type);
    return kind === undefined || after === null
      ? undefined
      : `arn:aws:iam::${accountId}:${kind}${typeof after.path === "string" ? after.path : "/"}${String(after.name)}`;
  };
  const policies = all.filter(({ type }) => type === "aws_iam_policy");
  const arns = new Map(policies.map((each) => [each.address, arnOf(each)]));
  for (const { address, change } of all) {
    const written = plan.configuration.root_module.resources.find(
      (each) => each.address === address,
    )?.expressions;
    const after: Values = { ...change.after };
    for (const name of Object.keys(change.after_unknown)) {
      const references = (written?.[name] as { references?: string[] } | undefined)?.references;
      const found = references?.map((each) => arns.get(each)).filter((each) => each !== undefined);
      if (found !== undefined) after[name] = name === "policy_arns" ? found : found[0];
    }
    change.after = after;
    change.after_unknown = {};
    change.actions = ["no-op"];
  }
  for (const each of all) {
    const { type, change } = each;
    const arn = arnOf(each);
    const name = change.after?.name;
    const ofRole = (other: string): Values[] =>
      all.flatMap((one) =>
        one.type === other && one.change.after?.role === name ? [one.change.after ?? {}] : [],
      );
    change.after = {
      ...change.after,
      ...(arn === undefined ? {} : { arn }),
      ...(type === "aws_iam_role"
        ? {
            inline_policy: ofRole("aws_iam_role_policy").map((one) => ({
              name: one.name,
              policy: one.policy,
            })),
            managed_policy_arns: ofRole("aws_iam_role_policy_attachment").map(
              (one) => one.policy_arn,
            ),
          }
        : {}),
    };
    change.before = change.after;
  }
  const state = all.map(({ address, mode, type, name, change }) => {
    return { address, mode, type, name, values: change.after ?? {} };
  });
  return {
    ...plan,
    resource_drift: [],
    prior_state: { values: { root_module: { resources: state } } },
    planned_values: { root_module: { resources: structuredClone(state) } },
  };
}

const ARNS: ReadonlyMap<string, string> = new Map([
  ["aws_iam_role", "role"],
  ["aws_iam_user", "user"],
  ["aws_iam_policy", "policy"],
  ["aws_iam_instance_profile", "instance-profile"],
]);

/** The change of a resource. */
export function changeOf(plan: EditablePlan, address: string): EditableChange {
  const found = plan.resource_changes.find((each) => each.address === address);
  if (found === undefined) throw new Error(`the plan has no change of ${address}`);
  return found;
}

/** Changes what is planned of a resource, in both places that say it. */
export function replan(plan: EditablePlan, address: string, after: Values | null): void {
  changeOf(plan, address).change.after = after;
  const { resources } = plan.planned_values.root_module;
  const index = resources.findIndex((each) => each.address === address);
  const [planned] = index < 0 ? [] : resources.splice(index, 1);
  if (after !== null && planned !== undefined) resources.push({ ...planned, values: after });
}

/** Makes a resource be another one in the account than the configuration wants, in both places that say it. */
export function restate(plan: EditablePlan, address: string, before: Values): void {
  changeOf(plan, address).change.before = before;
  for (const each of plan.prior_state.values.root_module.resources) {
    if (each.address === address) each.values = before;
  }
}

/** Replaces a resource: `arn`, and for roles what is attached, are known only after apply. */
export function remake(plan: EditablePlan, address: string, values: Values = {}): void {
  const { change, type } = changeOf(plan, address);
  const later = [
    "arn",
    ...(type === "aws_iam_role" ? ["inline_policy", "managed_policy_arns"] : []),
  ];
  change.actions = ["delete", "create"];
  const known = Object.entries({ ...change.after, ...values }).filter(
    ([name]) => !later.includes(name),
  );
  replan(plan, address, Object.fromEntries(known));
  change.after_unknown = Object.fromEntries(later.map((name) => [name, true]));
}

/** Leaves a resource out of the plan, as `-target` of others does: only the state has it. */
export function untarget(plan: EditablePlan, address: string): void {
  plan.resource_changes = plan.resource_changes.filter((each) => each.address !== address);
  plan.complete = false;
}
