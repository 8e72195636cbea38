/** What an exclusive list holds, and of whom. */
export interface ExclusiveList {
  readonly owner: "role" | "user";
  /** The attribute with the names or ARNs. */
  readonly list: "policy_names" | "policy_arns";
}

/**
 * The types that list all policies of a role or user. A list is nothing in an account: it takes away, and
 * for ARNs attaches, only when Terraform makes or changes it.
 */
export const EXCLUSIVE_LISTS: ReadonlyMap<string, ExclusiveList> = new Map([
  ["aws_iam_role_policies_exclusive", { owner: "role", list: "policy_names" }],
  ["aws_iam_role_policy_attachments_exclusive", { owner: "role", list: "policy_arns" }],
  ["aws_iam_user_policies_exclusive", { owner: "user", list: "policy_names" }],
  ["aws_iam_user_policy_attachments_exclusive", { owner: "user", list: "policy_arns" }],
]);
