import { evaluateAction } from "../../iam/condition/evaluate-statement";
import type { StatementRequest } from "../../iam/condition/evaluate-statement";
import type { PermissionPolicy } from "../access-graph";
import { keyPresence, neverTrue } from "../condition-key";

/** What a request leaves open, of the keys that policies test for its action. */
export interface UnsaidKeys {
  /** Keys that every request of such a caller has: to take them for absent would be wrong. */
  readonly always: readonly string[];
  /** Keys of such a caller that are absent or `false`, and which of both is not known (rule CK-15). */
  readonly absentOrFalse: readonly string[];
}

/** The keys that policies test for the action of a request, and that the request does not say. */
export function unsaidKeys(
  { caller, action, context }: StatementRequest,
  policies: readonly PermissionPolicy[],
): UnsaidKeys {
  const provider = "provider" in caller ? caller.provider : undefined;
  const isAlways = (key: string): boolean =>
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
        if (!context.has(key.toLowerCase())) unsaid.set(key.toLowerCase(), key);
      }
    }
  }
  const keys = [...unsaid.values()].sort();
  return {
    always: keys.filter(isAlways),
    absentOrFalse: keys.filter((key) => neverTrue(key, caller.kind)),
  };
}
