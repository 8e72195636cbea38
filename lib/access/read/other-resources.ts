/** Types that make roles and policies out of what they are told, in an account or in many. */
const MAKERS = [
  /^aws_cloudformation_stack/,
  /^aws_cloudcontrolapi_resource$/,
  /^aws_controltower_/,
  // Both call what can call IAM.
  /^aws_lambda_invocation$/,
  /^aws_ssm_association$/,
  // A new account comes with a role that the management account may assume.
  /^aws_organizations_account$/,
  /^aws_serverlessapplicationrepository_/,
  /^aws_servicecatalog_provisioned_product$/,
  /^aws_ssoadmin_/,
  /^awscc_(?:cloudformation|controltower|iam|organizations|servicecatalog|ssm|sso)_/,
];

/** Makers whose roles can be in other accounts than their own. */
const ELSEWHERE =
  /^(?:aws_cloudformation_stack_(?:set|instances)|aws_controltower_|aws_lambda_invocation$|aws_organizations_|aws_servicecatalog_|aws_ssoadmin_|awscc_)/;

/** Providers of Terraform that call no service: they compute values, or are steps of a plan. */
const IDLE_PROVIDERS = /^(?:archive|cloudinit|null|random|template|terraform|time|tls)_/;

/** Whether resources of a type, which is none of IAM, make roles or policies. */
export function makesIdentities(type: string): boolean {
  return MAKERS.some((maker) => maker.test(type));
}

/** Whether what resources of a type make can be in other accounts than their own. */
export function reachesOtherAccounts(type: string): boolean {
  return ELSEWHERE.test(type);
}

/** Whether a type is of a provider of which nothing is known: it could call IAM. */
export function isOfUnknownProvider(type: string): boolean {
  return !/^(?:aws|awscc)_/.test(type) && !IDLE_PROVIDERS.test(type);
}

/** Whether a data source, or an ephemeral resource, does more than read and compute. */
export function runsSomething(type: string): boolean {
  if (type === "aws_lambda_invocation") return true;
  return isOfUnknownProvider(type) && type !== "http";
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
