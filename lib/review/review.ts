import type { AccessChange } from "./kinds/access-change";

/** Version of the JSON document; it grows when a field changes its meaning or goes. */
export const REVIEW_VERSION = 2;

/** What is said of an account in a review. */
export interface ReviewedAccount {
  readonly id: string;
  /** Key in the map. @default - it is not in the map */
  readonly key?: string;
  /** Path of its unit. @default - not known */
  readonly unit?: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Whether head alone knows it: then its key, unit and tags are what the change says of itself. @default false */
  readonly isNew?: true;
}

/** The difference of access between two trees of Terraform. */
export interface Review {
  readonly version: typeof REVIEW_VERSION;
  /** Whether anything at all differs: access, safeguards, or the text of a stack. */
  readonly hasChanges: boolean;
  /** Sorted: by kind in the order of `AccessChange`, then what is gained before what is lost, then by subject. */
  readonly changes: readonly AccessChange[];
  /** All accounts that the changes name, by id; of base where it knows them, else of head. */
  readonly accounts: Readonly<Record<string, ReviewedAccount>>;
  /** Stacks whose text differs, by name, with or without a change of access. */
  readonly stacks: readonly {
    readonly stack: string;
    readonly status: "added" | "removed" | "changed";
    /** Whether no change is about anything in it. @default false */
    readonly sameAccess?: true;
  }[];
}
