/** Name of the one policy of ours that a caller from outside the plan gets. */
export const GRANT_POLICY_NAME = "trustwheel-assume-roles";
