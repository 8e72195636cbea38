import type { PermissionRequest } from "../../../lib/access/permissions/requests";
import { requestContext } from "../../../lib/iam/condition/request-context";
import type { ConditionBlock, PolicyDocument, Statement } from "../../../lib/iam/policy-document";
import { conditionsHold, list, regex } from "./naive-evaluator";

/** What identity policies say of a request; `undefined` where it is not known. */
export type NaiveDecision = "allow" | "explicit-deny" | "implicit-deny" | undefined;

/**
 * What identity policies say of a request together, by the same plain reading as {@link naivelyAllowed}. Variables
 * are put in as text where the request carries their keys; without one, it is not known.
 *
 * What nothing allows and what may be denied explicitly counts as not allowed.
 *
 * @param boundary what lets through what the policies allow, or not
 */
export function naivelyPermitted(
  documents: readonly PolicyDocument[],
  request: PermissionRequest,
  boundary?: PolicyDocument,
): NaiveDecision {
  const own = decide(documents, request);
  if (boundary === undefined || own === "explicit-deny" || own === "implicit-deny") return own;
  const bound = decide([boundary], request);
  return bound === "allow" ? own : bound;
}

function decide(documents: readonly PolicyDocument[], request: PermissionRequest): NaiveDecision {
  const answers = documents.flatMap(({ Version, Statement: all }) =>
    all.map((statement) => ({
      effect: statement.Effect,
      applies: applies(statement, request, Version === "2012-10-17"),
    })),
  );
  const some = (effect: Statement["Effect"], answer: boolean | undefined): boolean =>
    answers.some((each) => each.effect === effect && each.applies === answer);
  if (some("Deny", true)) return "explicit-deny";
  if (!some("Allow", true) && !some("Allow", undefined)) return "implicit-deny";
  if (some("Deny", undefined) || !some("Allow", true)) return undefined;
  return "allow";
}

function applies(
  { Action, NotAction, Resource, NotResource, Condition = {} }: Statement,
  request: PermissionRequest,
  variables: boolean,
): boolean | undefined {
  const { action, resource, keys } = request;
  const isNamed = list(Action ?? NotAction).some((each) =>
    regex(each.toLowerCase()).test(action.toLowerCase()),
  );
  if (isNamed !== (Action !== undefined)) return false;
  const patterns = variables
    ? list(Resource ?? NotResource).map((each) => inserted(each, request))
    : list(Resource ?? NotResource);
  const named = patterns.some((each) => typeof each === "string" && namesResource(each, resource));
  // A variable without a value names nothing; what else it does to the statement is not documented.
  const isOpen =
    !named && (patterns.includes(undefined) || (Resource === undefined && patterns.includes(null)));
  if (!isOpen && named !== (Resource !== undefined)) return false;
  const block = variables ? insertedBlock(Condition, request) : Condition;
  const holds =
    block === undefined ? undefined : conditionsHold(block, { context: requestContext(keys) });
  return isOpen && holds === true ? undefined : holds;
}

/** Field by field: a `*` before the sixth does not span a colon. */
function namesResource(pattern: string, resource: string): boolean {
  const fields = pattern.split(":");
  if (fields.length < 6) return regex(pattern).test(resource);
  const given = resource.split(":");
  if (given.length < 6) return false;
  return (
    [0, 1, 2, 3, 4].every((index) => regex(fields[index] ?? "").test(given[index] ?? "")) &&
    regex(fields.slice(5).join(":")).test(given.slice(5).join(":"))
  );
}

/** A text with the values of its variables; `null` where one has none, `undefined` where one would be a wildcard. */
function inserted(text: string, { keys }: PermissionRequest): string | null | undefined {
  const values: unknown[] = [];
  const full = text.replace(/\$\{([^}]*)\}/g, (_, name: string) => {
    const [, value] =
      Object.entries(keys).find(([key]) => key.toLowerCase() === name.toLowerCase()) ?? [];
    values.push(value);
    return String(value);
  });
  if (values.some((value) => typeof value === "string" && /[*?]/.test(value))) return undefined;
  return values.every((value) => typeof value === "string") ? full : null;
}

function insertedBlock(
  block: ConditionBlock,
  request: PermissionRequest,
): ConditionBlock | undefined {
  const text = JSON.stringify(block);
  if (!text.includes("${")) return block;
  const full = inserted(text, request);
  return typeof full === "string" ? (JSON.parse(full) as ConditionBlock) : undefined;
}
