import type { TerraformResource } from "../terraform-stack";
import { terraformText } from "../terraform-value";

/** A kind of identity that policies are attached to. */
export type IdentityKind = "role" | "user" | "group";

/**
 * The identity that a resource is, or names, in its own account: names are unique in an account regardless
 * of case (rule ID-06). None where the name is not known.
 */
export function identityKey(
  { location }: TerraformResource,
  kind: IdentityKind,
  name: unknown,
): string | undefined {
  const text = terraformText(name);
  if (text.kind !== "text") return undefined;
  return JSON.stringify([location?.accountId, kind, text.text.toLowerCase()]);
}
