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
