import type { Diagnostic } from "../../../diagnostics/diagnostic";
import type { ReadStack, TerraformResource } from "../terraform-stack";
import { withoutObserved } from "./observed-policies";
import { planAccounts } from "./plan-accounts";
import type { PlanAccounts } from "./plan-accounts";
import { planAttributes } from "./plan-attributes";
import { planConfiguration, withoutIndexes } from "./plan-configuration";
import type { PlanConfiguration } from "./plan-configuration";
import { objectAt, objectsAt, parsePlanJson, textAt } from "./plan-json";
import type { PlanJson } from "./plan-json";
import { resourceChanges } from "./resource-changes";
import type { PlannedChange, PlannedValues } from "./resource-changes";
import { stateResources } from "./state-resources";
import type { StateResource } from "./state-resources";
import type { TerraformPlan } from "./terraform-plan";

/** What was read of the text of a plan; without a plan it is none, or of a version that is not read. */
export interface PlanReading {
  /** @default - it could not be read */
  readonly plan?: TerraformPlan;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a plan, or a state, as `terraform show -json` prints it.
 *
 * The stack after apply is what the changes say, and what no change is about: a plan of a part leaves the
 * rest as it is. What Terraform forgets stays in the account, and in the stack. What is known only after
 * apply is unknown, never absent, and so is what is sensitive.
 *
 * @param file the file as the user named it
 */
export function readTerraformPlan(file: string, text: string): PlanReading {
  const json = parsePlanJson(file, text);
  if (!("kind" in json)) return { diagnostics: [json] };
  const { root, kind } = json;
  const { changes, diagnostics: unread } = resourceChanges(file, root, "resource_changes");
  const drift = resourceChanges(file, root, "resource_drift");
  const state = stateResources(kind === "state" ? root.values : objectAt(root.prior_state).values);
  const configuration = planConfiguration(root);
  const accounts = planAccounts(root, configuration, [
    ...state,
    ...changes.flatMap(({ change, mode, before, after }) =>
      [before, after].flatMap((side) =>
        side === undefined ? [] : [{ ...change, mode, values: side.values }],
      ),
    ),
  ]);
  const sides = bothSides(file, state, changes, configuration, accounts);
  const diagnostics = [
    ...unread,
    ...drift.diagnostics,
    ...accounts.problems.map((message) => problem(file, "access-provider", message)),
    ...incomplete(file, json, changes, state),
    ...[...configuration]
      .filter(([, { provisioned }]) => provisioned)
      .map(([address]) => problem(file, "access-resource", `${address} ${PROVISIONED}`)),
  ];
  const stack = { stack: file, file, accounts: accounts.accounts, diagnostics };
  return {
    plan: {
      kind,
      formatVersion: json.formatVersion,
      ...(json.terraformVersion === undefined ? {} : { terraformVersion: json.terraformVersion }),
      before: { ...stack, resources: sides.before },
      after: { ...stack, resources: sides.after },
      changes: changes.map(({ change }) => change),
      drift: drift.changes.map(({ change }) => change),
    },
    diagnostics,
  };
}

function bothSides(
  file: string,
  state: readonly StateResource[],
  changes: readonly PlannedChange[],
  configuration: PlanConfiguration,
  { locate }: PlanAccounts,
): Readonly<Record<"before" | "after", ReadStack["resources"]>> {
  const resource = (
    at: { readonly address: string; readonly type: string; readonly deposed?: string },
    module: string,
    values: PlannedValues,
    arnFrom: PlannedValues,
  ): TerraformResource => {
    const configured = configuration.get(withoutIndexes(at.address));
    const location = locate(at.address, arnFrom.values);
    return {
      stack: file,
      file,
      type: at.type,
      address: at.deposed === undefined ? at.address : `${at.address} (deposed ${at.deposed})`,
      attributes: planAttributes(values, module, configured),
      ...(location === undefined ? {} : { location }),
    };
  };
  const before: TerraformResource[] = [];
  const after: TerraformResource[] = [];
  const managed = changes.filter(({ mode }) => mode === "managed");
  for (const { change, module, before: old, after: planned } of managed) {
    if (old !== undefined) before.push(resource(change, module, old, old));
    if (planned !== undefined) after.push(resource(change, module, planned, old ?? planned));
    else if (change.action === "forget" && old !== undefined) {
      after.push(resource(change, module, old, old));
    }
  }
  for (const untouched of withoutChange(state, managed)) {
    const values = { ...untouched, unknown: undefined };
    const made = resource(untouched, untouched.module, values, values);
    before.push(made);
    after.push(made);
  }
  const known = [...before, ...after];
  const isWritten = ({ address }: TerraformResource, attribute: string): boolean =>
    configuration.get(withoutIndexes(address))?.expressions[attribute] !== undefined;
  return {
    before: withoutObserved(before, known, isWritten, false),
    after: withoutObserved(after, known, isWritten, true),
  };
}

/** The resources of a state that no change is about, as in a plan of a part. */
function withoutChange(
  state: readonly StateResource[],
  changes: readonly PlannedChange[],
): readonly StateResource[] {
  const changed = new Set(
    changes.flatMap(({ change: { address, previousAddress = address, deposed = "" } }) => [
      `${address} ${deposed}`,
      `${previousAddress} ${deposed}`,
    ]),
  );
  return state.filter(
    ({ address, mode, deposed = "" }) =>
      mode === "managed" && !changed.has(`${address} ${deposed}`),
  );
}

/** What a plan says of itself, and what it holds that no change is about. */
function incomplete(
  file: string,
  { root, kind }: PlanJson,
  changes: readonly PlannedChange[],
  state: readonly StateResource[],
): Diagnostic[] {
  const found: Diagnostic[] = [];
  if (root.errored === true) {
    found.push(
      problem(file, "plan-errored", "is a plan that failed: it does not hold all changes"),
    );
  }
  for (const deferred of objectsAt(root, "deferred_changes")) {
    const address = textAt(deferred.resource_change, "address");
    found.push(
      problem(file, "plan-deferred", `${address} is deferred: what it will be is unknown`),
    );
  }
  for (const { change } of changes) {
    if (change.action !== "forget" || !change.type.startsWith("aws_iam_")) continue;
    const message = `${change.address} is forgotten, and stays in the account as it is`;
    found.push({ ...problem(file, "plan-forgotten", message), severity: "warning" });
  }
  if (kind === "plan") {
    const known = new Set([
      ...changes.map(({ change }) => change.address),
      ...state.map(({ address }) => address),
    ]);
    for (const { address, mode } of stateResources(root.planned_values)) {
      if (mode !== "managed" || known.has(address)) continue;
      found.push(problem(file, "plan-change", `${address} is planned, and no change is about it`));
    }
  }
  return found;
}

const PROVISIONED = "runs commands of a provisioner, which are not read";

function problem(file: string, rule: string, message: string): Diagnostic {
  return { severity: "error", rule, file, message };
}
