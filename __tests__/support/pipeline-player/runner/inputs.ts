import type { Json, Scope } from "../workflow/expression";
import { valueOf } from "../workflow/template";
import type { InputDefinition } from "../workflow/workflow-file";

/** The inputs of a workflow with those that are not given, each of its type; GitHub starts nothing else. */
export function typedInputs(
  path: string,
  definitions: ReadonlyMap<string, InputDefinition>,
  given: Readonly<Record<string, Json>>,
  scope: Scope,
): Readonly<Record<string, Json>> {
  for (const name of Object.keys(given)) {
    if (!definitions.has(name)) throw new Error(`${path} has no input ${name}`);
  }
  return Object.fromEntries(
    [...definitions].map(([name, { type, required, default: otherwise }]) => {
      const value = given[name];
      if (value === undefined && required) throw new Error(`${path} needs the input ${name}`);
      const none = type === "boolean" ? false : type === "number" ? 0 : "";
      const used = value ?? (otherwise === undefined ? none : valueOf(otherwise, scope));
      if (typeof used !== type)
        throw new Error(`${path}: ${name} must be a ${type}: ${JSON.stringify(used)}`);
      return [name, used];
    }),
  );
}
