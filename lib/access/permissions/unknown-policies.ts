import type { PermissionPolicy } from "../access-graph";

/**
 * Why policies of two sides cannot be compared: texts that are not known. A managed policy that is not made by
 * the Terraform is the same on both sides under the same ARN, whatever it says.
 */
export function unknownPolicies(
  base: readonly PermissionPolicy[],
  head: readonly PermissionPolicy[],
): readonly string[] {
  const [before, after] = [unread(base), unread(head)];
  const reasons = [...before, ...after].flatMap(([name, { kind, reason }]) => {
    const isSame =
      kind === "managed" &&
      NOT_AT_HAND.test(reason) &&
      before.get(name)?.reason === after.get(name)?.reason;
    return isSame ? [] : [`${name}: ${reason}`];
  });
  return [...new Set(reasons)].sort();
}

function unread(
  policies: readonly PermissionPolicy[],
): ReadonlyMap<string, { readonly kind: PermissionPolicy["kind"]; readonly reason: string }> {
  return new Map(
    policies.flatMap(({ name, kind, document }) =>
      document.known ? [] : [[name, { kind, reason: document.reason }] as const],
    ),
  );
}

/** Of a policy that the Terraform makes, another reason is given. */
const NOT_AT_HAND = /^the text of arn:.* is not at hand$/;
