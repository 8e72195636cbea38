import type { PermissionPolicy } from "../access-graph";

/** Whether two lists of policies are written alike, in one order. */
export function samePolicies(
  one: readonly PermissionPolicy[],
  other: readonly PermissionPolicy[],
): boolean {
  return (
    one.length === other.length &&
    one.every((policy, index) => {
      const like = other[index];
      return like !== undefined && isSame(policy, like);
    })
  );
}

/** Managed policies of AWS share their statements, which can be long: those need no look. */
function isSame(one: PermissionPolicy, other: PermissionPolicy): boolean {
  if (one.name !== other.name || one.kind !== other.kind) return false;
  const [document, like] = [one.document, other.document];
  if (!document.known || !like.known) return JSON.stringify(document) === JSON.stringify(like);
  const [statements, others] = [document.value.Statement, like.value.Statement];
  return (
    document.value.Version === like.value.Version &&
    statements.length === others.length &&
    statements.every(
      (statement, index) =>
        statement === others[index] || JSON.stringify(statement) === JSON.stringify(others[index]),
    )
  );
}
