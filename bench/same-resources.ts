import { deepStrictEqual } from "node:assert";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** Counts the resources of two synthesized folders, which must be equal but for the library's metadata. */
export function countSameResources(first: string, second: string): number {
  const names = readdirSync(join(first, "stacks")).sort();
  deepStrictEqual(readdirSync(join(second, "stacks")).sort(), names);
  let count = 0;
  for (const name of names) {
    const stack = withoutMetadata(readStack(first, name)) as { resource?: Record<string, object> };
    deepStrictEqual(withoutMetadata(readStack(second, name)), stack, name);
    for (const resources of Object.values(stack.resource ?? {})) {
      count += Object.keys(resources).length;
    }
  }
  return count;
}

function readStack(folder: string, name: string): unknown {
  return JSON.parse(readFileSync(join(folder, "stacks", name, "cdk.tf.json"), "utf8"));
}

function withoutMetadata(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutMetadata);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "//")
      .map(([key, each]) => [key, withoutMetadata(each)]),
  );
}
