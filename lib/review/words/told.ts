import type { ReviewedAccounts } from "../compare/reviewed-accounts";

/** What sentences know of the review that they are in. */
export interface ToldReview {
  readonly accounts: ReviewedAccounts;
  readonly changes: readonly { readonly kind: string }[];
}

/** Where the changes are that one sentence is about. */
export interface ToldGroup {
  /** Ids of the accounts, sorted; none for what is in no account. */
  readonly accountIds: readonly string[];
  /** Which end of the changes is in these accounts: the subject's, or where the caller comes from. */
  readonly side: "subject" | "caller";
}
