import { isObject } from "../../../source/json-object";
import type { Diagnostic } from "../../../diagnostics/diagnostic";
import { parseJson } from "../terraform-stack";
import type { TerraformObject } from "../terraform-stack";

/** The JSON of a plan or of a state, of a version that is read. */
export interface PlanJson {
  readonly kind: "plan" | "state";
  readonly root: TerraformObject;
  readonly formatVersion: string;
  readonly terraformVersion: string | undefined;
}

/**
 * Reads the JSON of `terraform show -json`. Versions 1.x of the format are read: within a major version
 * Terraform only adds to it, and what was added is passed over.
 */
export function parsePlanJson(file: string, text: string): PlanJson | Diagnostic {
  const refuse = (message: string, help?: string): Diagnostic => ({
    severity: "error",
    rule: "plan-json",
    file,
    message,
    ...(help === undefined ? {} : { help }),
  });
  const show = "write it by `terraform show -json PLANFILE > FILE`";
  if (text.startsWith("PK\u0003\u0004")) return refuse("is a saved plan, and not its JSON", show);
  const root = parseJson(text);
  if (root === undefined) {
    return refuse("is not an object of JSON, as `terraform show -json` prints it", show);
  }
  if ("resource" in root || "provider" in root) {
    const help = "name the folder that it is in by `--dir`";
    return refuse("is a configuration, and not the JSON of a plan", help);
  }
  const { format_version: version, terraform_version: terraform } = root;
  const major = typeof version === "string" ? /^(\d+)\.\d+/.exec(version)?.[1] : undefined;
  if (typeof version !== "string" || major === undefined) {
    return refuse("has no format_version, as a plan or a state has", show);
  }
  if (major !== "1") {
    const by = major === "0" ? "an older Terraform" : "a newer Terraform";
    return refuse(`has the format ${version}, of ${by}; the versions that are read are 1.x`);
  }
  const isPlan = Array.isArray(root.resource_changes) || isObject(root.planned_values);
  const isState = isObject(root.values);
  if (!isPlan && !isState) return refuse("is neither a plan nor a state: it holds no resources");
  return {
    kind: isPlan ? "plan" : "state",
    root,
    formatVersion: version,
    terraformVersion: typeof terraform === "string" ? terraform : undefined,
  };
}

/** A member that is an object, or an empty one. */
export function objectAt(value: unknown, ...keys: readonly string[]): TerraformObject {
  let found: unknown = value;
  for (const key of keys) found = isObject(found) ? found[key] : undefined;
  return isObject(found) ? found : {};
}

/** The objects of a member that is a list. */
export function objectsAt(value: unknown, key: string): readonly TerraformObject[] {
  const list: unknown = objectAt(value)[key];
  return Array.isArray(list) ? (list as readonly unknown[]).filter(isObject) : [];
}

/** A member that is text, or an empty one. */
export function textAt(value: unknown, key: string): string {
  const text = objectAt(value)[key];
  return typeof text === "string" ? text : "";
}
