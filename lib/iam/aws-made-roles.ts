/** The role that AWS Organizations makes in accounts that it creates, and in no others (rule BS-01). */
export const ORGANIZATIONS_ROLE = "OrganizationAccountAccessRole";
/** The role that Account Factory of Control Tower makes instead (rule BS-02). */
export const CONTROL_TOWER_ROLE = "AWSControlTowerExecution";
/** The role that Account Factory for Terraform makes (rule BS-03). */
export const ACCOUNT_FACTORY_ROLE = "AWSAFTExecution";
/** How the roles of StackSets begin that only its service-linked role can assume (rule BS-04). */
export const STACK_SET_ROLE_PREFIX = "stacksets-exec-";
/** How the roles of permission sets begin (rules SSO-01, SSO-02). */
export const PERMISSION_SET_ROLE_PREFIX = "AWSReservedSSO_";
