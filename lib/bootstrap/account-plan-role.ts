import { policyDocument } from "../iam/policy-document";
import type { PolicyDocument } from "../iam/policy-document";
import { managedArns } from "./managed-entities";
import type { ManagedEntities } from "./managed-entities";
import { readStatements } from "./read-statements";

/**
 * Permissions of the role of an account that plans assume: it reads what is managed and nothing else, not
 * even other roles, because what a pushed branch contains runs with it.
 */
export function accountPlanPermissions(entities: ManagedEntities): PolicyDocument {
  return policyDocument(readStatements(managedArns(entities)));
}
