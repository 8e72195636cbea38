import type { MapEdit, SetAccountField } from "../../account-map/edit/map-edit";
import type { Tags } from "../../account-map/model/account-map";
import type { AccountState, OrganizationAccount } from "../organization";

/** One difference between the map and the organization, in a sentence, with the edits that settle it. */
export type OrganizationDrift = DriftFacts & {
  /** What differs, in lower case and without a final period. */
  readonly message: string;
  /** What to do, where no edit settles it, or what an edit brings with it. @default - the edits say it */
  readonly help?: string;
  /** The rule that it follows from. @default - none */
  readonly rule?: "BS-01" | "BS-02" | "PT-03";
  /** Empty if only a person can decide. */
  readonly edits: readonly MapEdit[];
};

/** What differs. `key` is the key of the account in the map. */
export type DriftFacts =
  /** The organization is not in the map. Nothing else is compared then. */
  | { readonly kind: "unknown-organization"; readonly organizationId: string }
  /** The map has no account of this id. */
  | {
      readonly kind: "missing-account";
      readonly key: string;
      readonly account: OrganizationAccount;
    }
  /** The source has no ID, and no account in the map has the name. */
  | { readonly kind: "account-without-id"; readonly account: OrganizationAccount }
  /** The organization has no account of this id. */
  | { readonly kind: "departed-account"; readonly key: string }
  /** The source has no account of this id, but accounts without one. */
  | { readonly kind: "perhaps-departed-account"; readonly key: string }
  | { readonly kind: "inactive-account"; readonly key: string; readonly state: AccountState }
  /** The map says that the account is in another organization, or in none. */
  | { readonly kind: "other-organization"; readonly key: string; readonly organization?: string }
  | {
      readonly kind: "moved-account";
      readonly key: string;
      readonly from: string;
      readonly to: string;
    }
  | {
      readonly kind: "renamed-account";
      readonly key: string;
      readonly from: string;
      readonly to: string;
    }
  | { readonly kind: "other-tags"; readonly key: string; readonly from: Tags; readonly to: Tags }
  | { readonly kind: "management-account"; readonly key: string; readonly management: boolean }
  | {
      readonly kind: "other-partition";
      readonly key: string;
      readonly from: string;
      readonly to: string;
    }
  /** A unit whose id the map holds has another path, or is gone. */
  | { readonly kind: "moved-unit"; readonly from: string; readonly to?: string }
  /** The deployment role is probably not there: a note, which a map that is in step may have. */
  | { readonly kind: "deployment-role"; readonly key: string; readonly roleName: string };

/** Kinds of drift, in the order in which they are reported. */
export const DRIFT_KINDS = [
  "unknown-organization",
  "missing-account",
  "account-without-id",
  "departed-account",
  "perhaps-departed-account",
  "inactive-account",
  "other-organization",
  "other-partition",
  "management-account",
  "moved-unit",
  "moved-account",
  "renamed-account",
  "other-tags",
  "deployment-role",
] as const satisfies readonly DriftFacts["kind"][];

/** Whether a drift means that the map is out of step, and not only that a person should know something. */
export function isOutOfStep({ kind }: OrganizationDrift): boolean {
  return kind !== "deployment-role";
}

/** The edit that sets a field of an account, or deletes it where there is no value. */
export function setField(
  key: string,
  field: SetAccountField["field"],
  value?: string | boolean,
): SetAccountField {
  return { kind: "set-account-field", key, field, ...(value === undefined ? {} : { value }) };
}
