import type { Account, PrincipalEntry, RoleSettings } from "../../account-map/model/account-map";
import type { AccountIdentity } from "../../account-map/model/principal";
import type { RoleKind } from "../resolved-access";

/** A role that the map declares, in one account: what is known before anything is connected. */
export interface RoleDraft {
  readonly id: string;
  readonly formerId?: string;
  readonly kind: RoleKind;
  /** Words that statements about it are named after. */
  readonly words: readonly string[];
  /** The entry of the map that declares it. */
  readonly settings: RoleSettings;
  readonly account: Account;
  readonly readOnly: boolean;
  readonly trustMode: "account" | "roleArn";
  readonly reach: "spokes" | "organization";
  /** With the parameters of the account filled in. */
  readonly waysIn: readonly PrincipalEntry[];
  /** Roles that it is permitted to assume and that are made elsewhere. */
  readonly existingTargets: readonly LocatedRole[];
}

/** A role in one account. */
export interface LocatedRole {
  readonly name: string;
  readonly path: string;
  readonly account: AccountIdentity;
}

type Own = "id" | "kind" | "words" | "settings" | "account";

/** A draft with these fields; by default it can change things, is trusted by account and assumes only its spokes. */
export function newDraft(fields: Pick<RoleDraft, Own> & Partial<RoleDraft>): RoleDraft {
  return {
    readOnly: false,
    trustMode: "account",
    reach: "spokes",
    waysIn: [],
    existingTargets: [],
    ...fields,
  };
}
