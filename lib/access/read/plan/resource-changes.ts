import { isObject } from "../../../source/json-object";
import type { Diagnostic } from "../../../diagnostics/diagnostic";
import type { TerraformObject } from "../terraform-stack";
import { objectAt, objectsAt, textAt } from "./plan-json";
import type { PlannedAction, ResourceChange } from "./terraform-plan";

/** A change of a plan with the values on both sides. */
export interface PlannedChange {
  readonly change: ResourceChange;
  /** Address of its module, empty for the root. */
  readonly module: string;
  readonly mode: string;
  readonly provider: string;
  /** Whether the new object is made before the old one is destroyed. */
  readonly createsFirst: boolean;
  readonly before: PlannedValues | undefined;
  readonly after: PlannedValues | undefined;
}

/** The values of a resource, and which of them are not known or not to be shown. */
export interface PlannedValues {
  readonly values: TerraformObject;
  readonly unknown: unknown;
  readonly sensitive: unknown;
}

/** Reads a list of changes: `resource_changes` or `resource_drift`. */
export function resourceChanges(
  file: string,
  root: TerraformObject,
  list: "resource_changes" | "resource_drift",
): { readonly changes: readonly PlannedChange[]; readonly diagnostics: readonly Diagnostic[] } {
  const changes: PlannedChange[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const entry of objectsAt(root, list)) {
    const address = textAt(entry, "address");
    const { change } = entry;
    const { actions, before, after, replace_paths, after_unknown, ...rest } = objectAt(change);
    const action = ACTIONS.get(JSON.stringify(actions));
    if (action === undefined) {
      const text = `${address} has the actions ${JSON.stringify(actions)}, which are not known`;
      diagnostics.push({ severity: "error", rule: "plan-action", file, message: text });
      continue;
    }
    if (MAKING.has(action) && !isObject(after)) {
      const text = `${address} has no values after its change: what it will be is unknown`;
      diagnostics.push({ severity: "error", rule: "plan-change", file, message: text });
    }
    const previous = textAt(entry, "previous_address");
    const deposed = textAt(entry, "deposed");
    changes.push({
      change: {
        stack: file,
        address,
        type: textAt(entry, "type"),
        action,
        replacePaths: replacePaths(replace_paths),
        ...(previous === "" ? {} : { previousAddress: previous }),
        ...(deposed === "" ? {} : { deposed }),
      },
      module: textAt(entry, "module_address"),
      mode: textAt(entry, "mode"),
      provider: textAt(entry, "provider_name"),
      createsFirst: action === "replace" && JSON.stringify(actions) === CREATES_FIRST,
      before: valuesOf(before, undefined, rest.before_sensitive),
      after: valuesOf(after, after_unknown, rest.after_sensitive),
    });
  }
  return { changes, diagnostics };
}

const CREATES_FIRST = '["create","delete"]';

const ACTIONS: ReadonlyMap<string | undefined, PlannedAction> = new Map([
  ['["no-op"]', "no-op"],
  ['["create"]', "create"],
  ['["read"]', "read"],
  ['["update"]', "update"],
  ['["delete","create"]', "replace"],
  [CREATES_FIRST, "replace"],
  ['["delete"]', "delete"],
  ['["forget"]', "forget"],
]);

/** Actions after which there is a resource, with values that the plan tells. */
const MAKING: ReadonlySet<PlannedAction> = new Set(["create", "update", "replace", "no-op"]);

function valuesOf(
  values: unknown,
  unknown: unknown,
  sensitive: unknown,
): PlannedValues | undefined {
  if (values === null || values === undefined) return undefined;
  return { values: objectAt(values), unknown, sensitive };
}

function replacePaths(paths: unknown): string[] {
  return Array.isArray(paths)
    ? (paths as readonly unknown[]).map((path) =>
        Array.isArray(path) ? path.map(String).join(".") : String(path),
      )
    : [];
}
