import { valuesOf } from "../policy-document";
import type { DocumentShape, StatementShape } from "../policy-shape";

/**
 * What a document is for: who may assume a role, what a role may do, or the most that it may do; of an
 * organization, the most that the users and roles of its accounts may do (rule PB-06), or what nobody may do
 * to their resources (rule PB-07).
 */
export type PolicyKind = "trust" | "identity" | "boundary" | "service-control" | "resource-control";

/**
 * Tells by its content what a document is for. With principals, or without resources but with actions
 * to assume a role, it is a trust policy. Boundaries have the grammar of identity policies: one that
 * allows everything but what it denies is taken for a boundary, as it limits and grants nothing in
 * particular; so have service control policies. One that denies something to everyone, with resources,
 * is a resource control policy.
 */
export function policyKind(document: DocumentShape): PolicyKind {
  const statements = (document.Statement ?? []).filter((statement) => statement !== null);
  if (statements.length > 0 && statements.every(deniesEverybody)) return "resource-control";
  if (statements.some(hasPrincipal) || statements.some(assumesHere)) return "trust";
  const denies = statements.some(({ Effect }) => Effect === "Deny");
  return denies && statements.some(allowsEverything) ? "boundary" : "identity";
}

function hasPrincipal(statement: StatementShape): boolean {
  return statement.Principal !== undefined || statement.NotPrincipal !== undefined;
}

function deniesEverybody({ Effect, Principal, Resource, NotResource }: StatementShape): boolean {
  const resources = Resource ?? NotResource;
  return Effect === "Deny" && Principal === "*" && resources !== undefined;
}

function assumesHere(statement: StatementShape): boolean {
  if (statement.Resource !== undefined || statement.NotResource !== undefined) return false;
  return valuesOf(statement.Action).some((action) => /^sts:AssumeRole/i.test(action));
}

function allowsEverything(statement: StatementShape): boolean {
  const everyAction = valuesOf(statement.Action).some((action) => /^\*(?::\*)?$/.test(action));
  return statement.Effect === "Allow" && everyAction && valuesOf(statement.Resource).includes("*");
}
