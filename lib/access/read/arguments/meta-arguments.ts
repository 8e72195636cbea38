import { blocks } from "../terraform-json";
import type { TerraformObject } from "../terraform-json";

/** An argument that changes what Terraform makes of a resource, and that is not read. */
export interface UnreadArgument {
  readonly argument: string;
  /** As in `aws_iam_role.hub has dynamic blocks, which are not read`. */
  readonly message: string;
}

/**
 * Arguments that Terraform and OpenTofu have for every resource. `count` and `for_each` are told where
 * resources are listed, `provider` says the account.
 *
 * Sources: language references of Terraform 1.14 and OpenTofu 1.11, "meta-arguments".
 */
const META_ARGUMENTS: ReadonlySet<string> = new Set([
  "//",
  "connection",
  "count",
  "depends_on",
  "dynamic",
  "for_each",
  "lifecycle",
  "provider",
  "provisioner",
]);

/** Settings of `lifecycle` that decide when and in which order a resource is made, or only stop Terraform. */
const IDLE_LIFECYCLE: ReadonlySet<string> = new Set([
  "//",
  "create_before_destroy",
  "ignore_changes",
  "postcondition",
  "precondition",
  "prevent_destroy",
  "replace_triggered_by",
]);

/** Whether an argument is one that every resource has. */
export function isMetaArgument(name: string): boolean {
  return META_ARGUMENTS.has(name);
}

/** What `provisioner` and `lifecycle` make of a resource of any type beside what its own arguments say. */
export function unreadMetaArguments({
  provisioner,
  lifecycle,
}: TerraformObject): readonly UnreadArgument[] {
  const found: UnreadArgument[] = [];
  if (!isNothing(provisioner)) {
    const message = "runs commands of a provisioner, which are not read";
    found.push({ argument: "provisioner", message });
  }
  for (const [name, value] of blocks(lifecycle).flatMap(Object.entries)) {
    // The actions that it starts can be calls of any program.
    if (name !== "action_trigger" || isNothing(value)) continue;
    const message = "starts actions by `lifecycle.action_trigger`, which are not read";
    found.push({ argument: "lifecycle.action_trigger", message });
  }
  return found;
}

/**
 * What `lifecycle` makes of a resource of IAM: whether it exists at all, and whether it is as it is written.
 *
 * @param isIdle whether an argument changes nobody's access
 */
export function unreadLifecycle(
  { lifecycle }: TerraformObject,
  isIdle: (argument: string) => boolean,
): readonly UnreadArgument[] {
  if (lifecycle === undefined || lifecycle === null) return [];
  const all: readonly unknown[] = Array.isArray(lifecycle) ? lifecycle : [lifecycle];
  if (blocks(lifecycle).length < all.length) {
    return [{ argument: "lifecycle", message: "has a `lifecycle` that is no block" }];
  }
  return blocks(lifecycle).flatMap((block) => [
    ...Object.entries(block).flatMap(([name, value]): UnreadArgument[] => {
      if (IDLE_LIFECYCLE.has(name) || name === "action_trigger" || isNothing(value)) return [];
      const argument = `lifecycle.${name}`;
      if (name !== "enabled") {
        return [{ argument, message: `has \`${argument}\`, which is not read` }];
      }
      // OpenTofu 1.11 makes the resource only where it is true.
      if (value === true) return [];
      const message = `has \`lifecycle.enabled\` ${JSON.stringify(value)}: whether it exists is unknown`;
      return [{ argument, message }];
    }),
    ...ignoredChanges(block.ignore_changes, isIdle),
  ]);
}

function ignoredChanges(
  changes: unknown,
  isIdle: (argument: string) => boolean,
): readonly UnreadArgument[] {
  if (changes === undefined || changes === null) return [];
  const list: readonly unknown[] = Array.isArray(changes) ? changes : [changes];
  const kept = list.filter((each) => typeof each !== "string" || !isIdle(firstName(each)));
  if (kept.length === 0) return [];
  const names = kept.map((each) => `\`${String(each)}\``).join(", ");
  const message = `ignores changes of ${names}: what is in the account may differ`;
  return [{ argument: "lifecycle.ignore_changes", message }];
}

/** `tags` of `tags["owner"]` and `tags.owner`. */
function firstName(path: string): string {
  return /^\w+/.exec(path)?.[0] ?? path;
}

/** Whether a block or an argument is there and says nothing. */
function isNothing(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}
