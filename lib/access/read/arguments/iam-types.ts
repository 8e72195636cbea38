import { isReadType } from "./iam-arguments";

/** Types of IAM that neither permit anything nor say who may assume what. */
const IDLE_TYPES: ReadonlySet<string> = new Set([
  "aws_iam_account_alias",
  "aws_iam_account_password_policy",
  // Which endpoint's tokens are valid in which region.
  "aws_iam_security_token_service_preferences",
  "aws_iam_server_certificate",
  "aws_iam_signing_certificate",
  "aws_iam_virtual_mfa_device",
]);

/** Types that make somebody a user, or a service a role, and change what no user and no other role may. */
const BESIDE_OTHERS: ReadonlySet<string> = new Set([
  "aws_iam_access_key",
  "aws_iam_organizations_features",
  "aws_iam_service_linked_role",
  "aws_iam_service_specific_credential",
  "aws_iam_user_login_profile",
  "aws_iam_user_ssh_key",
]);

/** Whether resources of a type of IAM change nobody's access. */
export function isIdleType(type: string): boolean {
  return IDLE_TYPES.has(type);
}

/** Whether resources of a type, which is not read, leave what all other users and roles may do as it is. */
export function leavesOthersAlone(type: string): boolean {
  return BESIDE_OTHERS.has(type);
}

/** Whether a type is of IAM and is neither read nor idle. */
export function isUnreadType(type: string): boolean {
  return type.startsWith("aws_iam_") && !isReadType(type) && !isIdleType(type);
}
