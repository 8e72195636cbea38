/** What no proof speaks of; printed with every verdict. */
export const NOT_COVERED: readonly string[] = [
  "what the administrators of an account permit that a trust policy names as a whole",
  "who may launch an instance, or pass a role to it",
  "who is assigned to a permission set, a repository or an application of an identity provider",
  "what was changed in an account and is not in the Terraform",
  "service and resource control policies that were not supplied",
  "AWS managed policies later than the copy that is used",
];
