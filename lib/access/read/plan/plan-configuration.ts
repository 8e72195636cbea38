import { runsSomething } from "../other-resources";
import type { TerraformObject } from "../terraform-stack";
import { objectAt, objectsAt, textAt } from "./plan-json";

/** What the configuration in a plan says of a resource. */
export interface ConfiguredResource {
  /** By attribute; one that is missing is not set. */
  readonly expressions: TerraformObject;
  /** Key of its provider in the configuration. */
  readonly provider: string;
  /** Whether commands run when it is made or destroyed. */
  readonly provisioned: boolean;
  /** Whether it is a data source, or an ephemeral resource, that does more than read and compute. */
  readonly runs: boolean;
  /** Addresses without indexes of what it waits for in its module: what it refers to, and its `depends_on`. */
  readonly waitsFor: ReadonlySet<string>;
}

/** The configuration in a plan, by address without indexes; a state has none. */
export type PlanConfiguration = ReadonlyMap<string, ConfiguredResource>;

/** Reads the resources of the configuration in a plan, those of modules included. */
export function planConfiguration(root: TerraformObject): PlanConfiguration {
  const resources = new Map<string, ConfiguredResource>();
  readModule(objectAt(root, "configuration", "root_module"), "", resources);
  return resources;
}

/** An address without `[0]` and `["key"]`, as the configuration has it. */
export function withoutIndexes(address: string): string {
  return address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, "");
}

function readModule(
  module: TerraformObject,
  prefix: string,
  resources: Map<string, ConfiguredResource>,
): void {
  for (const resource of objectsAt(module, "resources")) {
    resources.set(`${prefix}${textAt(resource, "address")}`, {
      expressions: objectAt(resource, "expressions"),
      provider: textAt(resource, "provider_config_key"),
      provisioned: objectsAt(resource, "provisioners").length > 0,
      runs: textAt(resource, "mode") !== "managed" && runsSomething(textAt(resource, "type")),
      waitsFor: new Set(
        [...textsIn(resource.depends_on), ...references(resource.expressions)].map(
          (each) => `${prefix}${withoutIndexes(each)}`,
        ),
      ),
    });
  }
  for (const [name, call] of Object.entries(objectAt(module, "module_calls"))) {
    readModule(objectAt(call, "module"), `${prefix}module.${name}.`, resources);
  }
}

/** All that expressions refer to, such as `aws_iam_role.hub.name` and `aws_iam_role.hub`. */
function references(expressions: unknown): readonly string[] {
  if (Array.isArray(expressions)) return (expressions as readonly unknown[]).flatMap(references);
  return Object.entries(objectAt(expressions)).flatMap(([key, value]) =>
    key === "references" ? textsIn(value) : key === "constant_value" ? [] : references(value),
  );
}

function textsIn(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  return list.filter((each) => typeof each === "string");
}
