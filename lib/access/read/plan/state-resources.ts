import { objectAt, objectsAt, textAt } from "./plan-json";
import type { TerraformObject } from "../terraform-stack";

/** A resource as a state has it. */
export interface StateResource {
  readonly address: string;
  /** Address of its module, empty for the root. */
  readonly module: string;
  readonly mode: string;
  readonly type: string;
  readonly provider: string;
  readonly values: TerraformObject;
  readonly sensitive: unknown;
  /** @default - it is no object that a failed replacement left behind */
  readonly deposed?: string;
}

/** The resources of a state, or of the planned values, in all modules. */
export function stateResources(values: unknown): readonly StateResource[] {
  return inModule(objectAt(values, "root_module"));
}

function inModule(module: TerraformObject): readonly StateResource[] {
  const own = objectsAt(module, "resources").map((resource): StateResource => {
    const deposed = textAt(resource, "deposed_key");
    return {
      address: textAt(resource, "address"),
      module: textAt(module, "address"),
      mode: textAt(resource, "mode"),
      type: textAt(resource, "type"),
      provider: textAt(resource, "provider_name"),
      values: objectAt(resource, "values"),
      sensitive: resource.sensitive_values,
      ...(deposed === "" ? {} : { deposed }),
    };
  });
  return [...own, ...objectsAt(module, "child_modules").flatMap(inModule)];
}
