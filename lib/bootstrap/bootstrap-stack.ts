import type { Account } from "../account-map/model/account-map";
import type { OidcProvider } from "../account-map/model/principal";
import type { PolicyDocument } from "../iam/policy-document";
import type { CustomerPolicyPlan } from "../plan/resolved-access";

/** What must exist before Terraform can work. */
export interface Bootstrap {
  /** One for each account with a deployment role, sorted by key. */
  readonly stacks: readonly BootstrapStack[];
  /** @default - state is not in S3, or no account is named for it */
  readonly stateBucket?: StateBucket;
}

/** What must exist in one account before Terraform can work there. */
export interface BootstrapStack {
  readonly account: Account;
  /** The role that applies assume. */
  readonly deploymentRole: BootstrapRole;
  /** The role that plans assume. */
  readonly planRole: BootstrapRole;
  /** Boundaries that roles of the account have and that Terraform must not create itself. */
  readonly boundaries: readonly Omit<CustomerPolicyPlan, "id">[];
  /** Identity providers that the roles of the account trust and that Terraform does not make itself. */
  readonly oidcProviders: readonly OidcProvider[];
  /**
   * The role that the map names today and that others create: Terraform can assume it, once.
   *
   * @default - none
   */
  readonly administrator?: { readonly arn: string; readonly name: string };
  /** Why the deployment role is administrator of the account in effect; none where it is not. */
  readonly administratorBecause: readonly string[];
  /** What else there is to know before it is applied. */
  readonly notes: readonly string[];
}

/** A role that exists before Terraform does. */
export interface BootstrapRole {
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  readonly description: string;
  readonly trust: PolicyDocument;
  readonly permissions: PolicyDocument;
}

/** A state bucket: versioned, encrypted, reached only by TLS, never public. */
export interface StateBucket {
  readonly account: Account;
  readonly name: string;
  readonly region: string;
  readonly arn: string;
  /** @default - S3's own key */
  readonly kmsKey?: string;
  readonly policy: PolicyDocument;
}
