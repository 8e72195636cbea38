import { blocks } from "../terraform-stack";
import type { TerraformResource } from "../terraform-stack";
import { isPlaceholder } from "../terraform-value";

/**
 * Leaves out of roles what the provider only saw attached to them and a resource attaches, or attached
 * before, or an exclusive list takes away. What remains was attached by hand, and stays.
 *
 * @param known the resources of both sides of the plan
 * @param isWritten whether the configuration writes an attribute of a resource itself
 * @param applied whether the exclusive lists have been applied
 */
export function withoutObserved(
  resources: readonly TerraformResource[],
  known: readonly TerraformResource[],
  isWritten: (resource: TerraformResource, attribute: string) => boolean,
  applied: boolean,
): TerraformResource[] {
  const attached = new Set<string>();
  for (const { type, attributes } of known) {
    if (type === "aws_iam_role_policy") attached.add(key(attributes.role, attributes.name));
    if (type === "aws_iam_role_policy_attachment") {
      attached.add(key(attributes.role, attributes.policy_arn));
    }
  }
  const exclusive = new Set(
    resources.map(({ type, attributes }) => key(type, attributes.role_name)),
  );
  return resources.map((resource) => {
    if (resource.type !== "aws_iam_role") return resource;
    const { name, inline_policy: inline, managed_policy_arns: arns } = resource.attributes;
    const attributes: Record<string, unknown> = { ...resource.attributes };
    if (!isWritten(resource, "inline_policy") && !isPlaceholder(inline)) {
      const taken = applied && exclusive.has(key("aws_iam_role_policies_exclusive", name));
      attributes.inline_policy = taken
        ? []
        : blocks(inline).filter((block) => !attached.has(key(name, block.name)));
    }
    if (!isWritten(resource, "managed_policy_arns") && Array.isArray(arns)) {
      const taken =
        applied && exclusive.has(key("aws_iam_role_policy_attachments_exclusive", name));
      attributes.managed_policy_arns = taken
        ? []
        : (arns as readonly unknown[]).filter((arn) => !attached.has(key(name, arn)));
    }
    return { ...resource, attributes };
  });
}

function key(first: unknown, second: unknown): string {
  return JSON.stringify([first, second]);
}
