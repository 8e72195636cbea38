import type { RawDeploymentRole } from "../../account-map/read/raw-account-map";

/** The role that AWS Organizations makes in accounts that it creates, and in no others (rule BS-01). */
export const ORGANIZATIONS_ROLE = "OrganizationAccountAccessRole";
/** The role that Account Factory of Control Tower makes instead (rule BS-02). */
export const CONTROL_TOWER_ROLE = "AWSControlTowerExecution";

/** The name of the role that Terraform assumes in an account, `none` for no role. */
export function deploymentRoleName(
  own: RawDeploymentRole | undefined,
  byDefault: RawDeploymentRole | undefined,
): string {
  const role = own ?? byDefault ?? ORGANIZATIONS_ROLE;
  return typeof role === "string" ? role : role.role;
}
