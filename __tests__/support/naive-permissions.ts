import type { PermissionRequest } from "../../lib/access/difference-requests";
import { requestContext } from "../../lib/iam/condition/request-context";
import type { PolicyDocument, Statement } from "../../lib/iam/policy-document";
import { conditionsHold, list, regex } from "./naive-evaluator";

/**
 * What identity policies say of a request together, by the same plain reading as {@link naivelyAllowed};
 * `undefined` where it is not known.
 */
export function naivelyPermitted(
  documents: readonly PolicyDocument[],
  request: PermissionRequest,
): "allow" | "explicit-deny" | "implicit-deny" | undefined {
  const answers = documents
    .flatMap(({ Statement }) => Statement)
    .map((statement) => ({ effect: statement.Effect, applies: applies(statement, request) }));
  const some = (effect: Statement["Effect"], answer: boolean | undefined): boolean =>
    answers.some((each) => each.effect === effect && each.applies === answer);
  if (some("Deny", true)) return "explicit-deny";
  if (some("Deny", undefined)) return undefined;
  if (some("Allow", true)) return "allow";
  return some("Allow", undefined) ? undefined : "implicit-deny";
}

function applies(
  { Action, NotAction, Resource, NotResource, Condition = {} }: Statement,
  { action, resource, keys }: PermissionRequest,
): boolean | undefined {
  const isNamed = list(Action ?? NotAction).some((each) =>
    regex(each.toLowerCase()).test(action.toLowerCase()),
  );
  if (isNamed !== (Action !== undefined)) return false;
  const elements = list(Resource ?? NotResource);
  if (JSON.stringify([elements, Condition]).includes("${")) return undefined;
  const named = elements.some((each) => regex(each).test(resource));
  if (named !== (Resource !== undefined)) return false;
  return conditionsHold(Condition, { context: requestContext(keys) });
}
