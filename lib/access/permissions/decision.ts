import type { Caller } from "../../iam/condition/caller";
import { decide } from "../../iam/condition/evaluate-policy";
import type { AppliedStatement, PolicyOutcome } from "../../iam/condition/evaluate-policy";
import { evaluateStatement } from "../../iam/condition/evaluate-statement";
import { requestContext } from "../../iam/condition/request-context";
import { settledKeys } from "./permission-space";
import type { Rules } from "./permission-sides";
import type { PermissionRequest } from "./requests";
import type { StatementSet } from "./statement-set";

/** What rules decide of a request of an identity, statement by statement. */
export function decisionOf(
  { allows, denies, bounds }: Rules,
  { action, resource, keys }: PermissionRequest,
  caller: Caller,
): PolicyOutcome["decision"] {
  const context = new Map(requestContext(keys));
  for (const [name, values] of settledKeys(caller)) {
    if (values.length === 0) context.delete(name);
    else context.set(name, { name, values });
  }
  const request = { caller, action, resource, context };
  const applied = (statements: StatementSet): AppliedStatement[] =>
    [...statements.values()].flatMap(({ statement, variables }, index) => {
      const outcome = evaluateStatement("identity", statement, request, variables);
      return outcome.outcome === "no-match" ? [] : [{ ...outcome, statement, index }];
    });
  const denied = applied(denies);
  const own = decide([...applied(allows), ...denied]);
  if (bounds === undefined || own.endsWith("deny")) return own;
  const bound = decide([...applied(bounds), ...denied]);
  return bound === "allow" ? own : bound;
}
