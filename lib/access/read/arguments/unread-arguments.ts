import { isObject } from "../../../source/json-object";
import type { TerraformResource } from "../terraform-stack";
import { argumentUses, isReadType } from "./iam-arguments";
import { isMetaArgument, unreadLifecycle, unreadMetaArguments } from "./meta-arguments";
import type { UnreadArgument } from "./meta-arguments";

/**
 * Arguments of a resource that change what Terraform makes of it, and that are not read. Of a resource that
 * is not read itself, those alone that start something: `provisioner` and actions.
 */
export function unreadArguments(resource: TerraformResource): readonly UnreadArgument[] {
  const { type, attributes } = resource;
  const started = unreadMetaArguments(attributes);
  if (!isReadType(type)) return started;
  const isIdle = (name: string): boolean => {
    const use = argumentUses(type).get(name);
    return use === "idle" || use === "computed";
  };
  return [
    ...started,
    ...(attributes.dynamic === undefined ? [] : [DYNAMIC]),
    ...unreadLifecycle(attributes, isIdle),
    ...unknownNames(resource),
  ];
}

const DYNAMIC = { argument: "dynamic", message: "has dynamic blocks, which are not read" };

/** Arguments whose meaning is not known, and those that a configuration cannot write. */
function* unknownNames({
  type,
  attributes,
  written,
}: TerraformResource): Generator<UnreadArgument> {
  for (const [name, value] of namesOf(attributes)) {
    if (value === null || value === undefined || isMetaArgument(name)) continue;
    const use = argumentUses(type).get(name);
    if (use === "read" || use === "idle") continue;
    if (written !== true && COMPUTED_EVERYWHERE.has(name)) continue;
    if (use === "computed") {
      if (written !== true) continue;
      const message = `sets \`${name}\`, which only the provider does: what becomes of it is unknown`;
      yield { argument: name, message };
    } else {
      yield { argument: name, message: `has the argument \`${name}\`, which is not read` };
    }
  }
}

/** What plans and states have of resources of any type. */
const COMPUTED_EVERYWHERE: ReadonlySet<string> = new Set(["arn", "id"]);

/** Names with their values, those in blocks behind the name of the block. */
function* namesOf(attributes: object): Generator<readonly [name: string, value: unknown]> {
  for (const [name, value] of Object.entries(attributes) as [string, unknown][]) {
    yield [name, value];
    if (!BLOCKS.has(name)) continue;
    for (const block of Array.isArray(value) ? (value as readonly unknown[]) : [value]) {
      if (!isObject(block)) continue;
      for (const [inner, each] of Object.entries(block)) {
        if (inner !== "//") yield [`${name}.${inner}`, each];
      }
    }
  }
}

/** Nested blocks of the types that are read. */
const BLOCKS: ReadonlySet<string> = new Set(["inline_policy"]);
