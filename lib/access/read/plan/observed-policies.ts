import { blocks } from "../terraform-stack";
import type { TerraformResource } from "../terraform-stack";
import { isPlaceholder } from "../terraform-value";
import type { AppliedLists } from "./applied-lists";
import { attachedNames } from "./attached-names";
import { identityKey } from "./identity-key";
import type { PlanEntry } from "./plan-entries";

/**
 * Leaves out of a role what the provider only saw attached to it, and a resource attaches, or attached
 * before. What remains was attached by hand: an exclusive list that is applied takes away what it does not
 * name, and otherwise it stays.
 */
export function withoutObserved(
  resource: TerraformResource,
  configured: PlanEntry["configured"],
  attached: ReadonlySet<string>,
  applied: AppliedLists,
): TerraformResource {
  if (resource.type !== "aws_iam_role") return resource;
  const { name, inline_policy: inline, managed_policy_arns: arns } = resource.attributes;
  const role = identityKey(resource, "role", name);
  const isWritten = (attribute: string): boolean =>
    configured?.expressions[attribute] !== undefined;
  const attributes: Record<string, unknown> = { ...resource.attributes };
  const byHand = (list: string, policy: unknown): boolean =>
    (role === undefined || !attached.has(attachmentKey(role, policy))) &&
    applied(list, role)?.has(String(policy)) !== false;
  if (!isWritten("inline_policy") && !isPlaceholder(inline)) {
    attributes.inline_policy = blocks(inline).filter((block) =>
      byHand("aws_iam_role_policies_exclusive", block.name),
    );
  }
  if (!isWritten("managed_policy_arns") && Array.isArray(arns)) {
    attributes.managed_policy_arns = (arns as readonly unknown[]).filter((arn) =>
      byHand("aws_iam_role_policy_attachments_exclusive", arn),
    );
  }
  return { ...resource, attributes };
}

/** What resources attach to roles: names of inline policies, and ARNs, each with its role. */
export function attachedPolicies(
  resources: readonly (TerraformResource | undefined)[],
): ReadonlySet<string> {
  const names = resources.flatMap((each) => (each === undefined ? [] : attachedNames(each)));
  return new Set(names.map(({ identity, policy }) => attachmentKey(identity, policy)));
}

function attachmentKey(role: string, policy: unknown): string {
  return JSON.stringify([role, policy]);
}
