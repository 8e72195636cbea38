/** Types that make roles and policies out of what they are told, in an account or in many. */
const MAKERS = [
  /^aws_cloudformation_stack/,
  /^aws_cloudcontrolapi_resource$/,
  /^aws_controltower_/,
  /^aws_serverlessapplicationrepository_/,
  /^aws_servicecatalog_provisioned_product$/,
  /^aws_ssoadmin_/,
  /^awscc_(?:cloudformation|controltower|iam|servicecatalog|sso)_/,
];

/** Whether resources of a type, which is none of IAM, make roles or policies. */
export function makesIdentities(type: string): boolean {
  return MAKERS.some((maker) => maker.test(type));
}

/** Most types that are named. */
const NAMED = 5;

/** Types of other services that permit something, or say who obtains a role through a service. */
const PERMITTING = [
  /^aws_(?!iam_)\w*_(?:policy|policy_attachment|permission|permissions|grant)$/,
  /^aws_(?:eks_access|eks_pod_identity|identitystore|organizations_policy|ram|rolesanywhere)_/,
  /^aws_cognito_identity_pool/,
  /^aws_kms_key$/,
];

/** What is said of policies of other services, as in 'has policies of other services, which are not read: ...'. */
export function policiesNotRead(types: Iterable<string>): string | undefined {
  const other = [...new Set(types)]
    .filter((type) => PERMITTING.some((each) => each.test(type)))
    .sort();
  if (other.length === 0) return undefined;
  const more = other.length > NAMED ? ` and ${other.length - NAMED} more` : "";
  return `has policies of other services, which are not read: ${other.slice(0, NAMED).join(", ")}${more}`;
}
