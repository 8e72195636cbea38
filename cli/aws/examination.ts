/** One thing that was looked at. */
export interface Examined {
  readonly check:
    "deployment-role" | "account" | "boundary" | "identity-provider" | "role-name" | "state-bucket";
  /** `unknown` where it may not be looked at, which is no fault of the account. */
  readonly status: "ok" | "problem" | "unknown";
  /** In lower case and without a final period. */
  readonly message: string;
  /** What to do. @default - nothing, or the message says it all */
  readonly help?: string;
  /** Commands that fix it. @default - none */
  readonly commands?: readonly string[];
}

/** A role to assume. */
export interface AssumeStep {
  readonly roleArn: string;
  /** @default - none is passed */
  readonly externalId?: string;
}

/** What an account is expected to have. */
export interface ExpectedAccount {
  readonly key: string;
  readonly id: string;
  readonly region: string;
  /** Roles to assume one after the other; none where Terraform runs in the account already. */
  readonly steps: readonly AssumeStep[];
  /** ARNs of boundaries that must be there. */
  readonly boundaries: readonly string[];
  /** ARNs of OIDC providers that must be there. */
  readonly oidcProviders: readonly string[];
  /** The roles that Terraform makes. */
  readonly roles: readonly { readonly name: string; readonly arn: string }[];
  /** The command that makes what is missing. */
  readonly bootstrap: string;
}
