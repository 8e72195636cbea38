/** Name of the policy that permits a role to assume others; numbered where it is spread over managed policies. */
export const ASSUME_POLICY_NAME = "assume-roles";
/** Name of the policy made from the statements that the map holds. */
export const STATEMENTS_POLICY_NAME = "statements";
/** Sid of the statement that lists the roles that a role can assume. */
export const ASSUME_STATEMENT_SID = "AssumeDeclaredRoles";

/** Whether a policy of this name can be one that permits a role to assume others. */
export function isAssumePolicyName(name: string): boolean {
  return new RegExp(`^${ASSUME_POLICY_NAME}(?:-\\d+)?$`).test(name);
}
