import { evaluateAction } from "../../iam/condition/evaluate-statement";
import type { StatementRequest } from "../../iam/condition/evaluate-statement";
import type { PermissionPolicy } from "../access-graph";
import { keyPresence } from "../condition-key";

/**
 * The keys that every request of such a caller has, that policies test for its action, and that the request
 * does not say: to take them for absent would be wrong.
 */
export function unsaidKeys(
  { caller, action, context }: StatementRequest,
  policies: readonly PermissionPolicy[],
): readonly string[] {
  const provider = "provider" in caller ? caller.provider : undefined;
  const always = (key: string): boolean =>
    keyPresence(key, caller.kind, provider) === "always" ||
    (key.toLowerCase() === "sts:rolesessionname" &&
      action.startsWith("sts:AssumeRole") &&
      caller.kind !== "service") ||
    // Whoever is in an organization is somewhere in it.
    (key.toLowerCase() === "aws:principalorgpaths" && context.has("aws:principalorgid")) ||
    (key.toLowerCase() === "aws:resourceorgpaths" && context.has("aws:resourceorgid"));
  const unsaid = new Map<string, string>();
  for (const { document } of policies) {
    for (const statement of document.known ? document.value.Statement : []) {
      if (evaluateAction(statement, action).outcome === "no-match") continue;
      for (const key of Object.values(statement.Condition ?? {}).flatMap(Object.keys)) {
        const name = key.toLowerCase();
        if (!context.has(name) && always(key)) unsaid.set(name, key);
      }
    }
  }
  return [...unsaid.values()].sort();
}
