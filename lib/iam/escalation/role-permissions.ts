import type { PolicyDocument } from "../policy-document";

/** A role and everything that decides what it may do. */
export interface RolePermissions {
  /** ARN of the role, with path. */
  readonly arn: string;
  /** Where its account makes things. */
  readonly region: string;
  /** @default - its account is in no organization */
  readonly organizationId?: string;
  /** ARNs of the customer managed policies and the boundary that it carries: to edit them is to edit itself. */
  readonly ownPolicyArns: readonly string[];
  /** Its policies, by the name under which a finding mentions them. */
  readonly policies: readonly { readonly name: string; readonly document: PolicyDocument }[];
  /** @default - none, or one whose text is not available: nothing is taken away */
  readonly boundary?: PolicyDocument;
  /** The time, ISO 8601: a condition that ends before it holds no more. @default - not known: it may hold */
  readonly now?: string;
}
