import type { ReviewedAccounts } from "./compare/reviewed-accounts";
import type { AccessChange } from "./kinds/kinds";

/** Version of the JSON document; it grows when a field changes its meaning or goes. */
export const REVIEW_VERSION = 2;

/** The difference of access between two trees of Terraform. */
export interface Review {
  readonly version: typeof REVIEW_VERSION;
  /** Whether anything at all differs: access, safeguards, or the text of a stack. */
  readonly hasChanges: boolean;
  /** Sorted: by kind in the order of `KINDS`, then what is gained before what is lost, then by subject. */
  readonly changes: readonly AccessChange[];
  /** All accounts that the changes name, by id; of base where it knows them, else of head. */
  readonly accounts: ReviewedAccounts;
  /** Stacks whose text differs, by name, with or without a change of access. */
  readonly stacks: readonly {
    readonly stack: string;
    readonly status: "added" | "removed" | "changed";
    /** Whether no change is about anything in it. @default false */
    readonly sameAccess?: true;
  }[];
}
