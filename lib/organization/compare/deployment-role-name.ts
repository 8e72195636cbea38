import { ORGANIZATIONS_ROLE } from "../../iam/aws-made-roles";
import type { RawDeploymentRole } from "../../account-map/read/raw-account-map";

/** The name of the role that Terraform assumes in an account, `none` for no role. */
export function deploymentRoleName(
  own: RawDeploymentRole | undefined,
  byDefault: RawDeploymentRole | undefined,
): string {
  const role = own ?? byDefault ?? ORGANIZATIONS_ROLE;
  return typeof role === "string" ? role : role.role;
}
