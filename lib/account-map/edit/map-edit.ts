import type { NewValue } from "./change";

/** A change of `accounts.yaml` that keeps everything else of its text. */
export type MapEdit =
  | AddAccount
  | RemoveAccount
  | SetAccountField
  | RenameAccount
  | RenameEntry
  | RenameUnit
  | AddEntry;

/** Adds an account next to those of its unit. */
export interface AddAccount extends AccountFields {
  readonly kind: "add-account";
  readonly key: string;
  /** Twelve digits, leading zeros included. */
  readonly id: string;
}

/** What an account may say besides its id, under the keys of the map. */
export interface AccountFields {
  /** @default - the key */
  readonly name?: string;
  /** Path of its OU. @default - the root */
  readonly unit?: string;
  /** Key of its organization, or `none`. @default - that of the map's defaults */
  readonly organization?: string;
  /** @default false */
  readonly management?: boolean;
  /** @default - none */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default - that of the map's defaults */
  readonly region?: string;
  /** @default - that of the map's defaults */
  readonly partition?: string;
  /** @default - that of the map's defaults */
  readonly deploymentRole?: string;
  /** @default "active" */
  readonly state?: "active" | "leaving";
  /** @default - none */
  readonly parameters?: Readonly<Record<string, string | readonly string[]>>;
}

/** Takes an account out of the map, with the comments within it; what refers to it stays. */
export interface RemoveAccount {
  readonly kind: "remove-account";
  readonly key: string;
}

/** Sets or deletes one field of an account. The id of an account never changes. */
export interface SetAccountField {
  readonly kind: "set-account-field";
  readonly key: string;
  /** The field, or `tags` and the key of a tag, which is deleted together with an emptied `tags`. */
  readonly field:
    | readonly [Exclude<keyof AccountFields, "tags" | "parameters">]
    | readonly ["tags" | "parameters", string];
  /** @default - the field is deleted */
  readonly value?: string | boolean;
}

/** Gives an account another key, wherever the map refers to it. */
export interface RenameAccount {
  readonly kind: "rename-account";
  readonly from: string;
  readonly to: string;
}

/**
 * Gives a hub, a spoke or a chain another key, wherever the map refers to it. The entry then says what it
 * was called, `formerly:`; renaming it back takes that line out again.
 */
export interface RenameEntry {
  readonly kind: "rename-entry";
  readonly section: "hubs" | "spokes" | "chains";
  readonly from: string;
  readonly to: string;
  /**
   * Write `role:` with the former key, so that the role keeps its name in AWS, where the entry has no
   * `role:` yet. Roles of chains are named by keys of their own. @default false
   */
  readonly keepRoleName?: boolean;
}

/** Gives an OU another path, with all units below it: in accounts, selections and principals. */
export interface RenameUnit {
  readonly kind: "rename-unit";
  readonly from: string;
  readonly to: string;
}

/** Adds a hub, a spoke, a chain or an identity provider behind those that the map has. */
export interface AddEntry {
  readonly kind: "add-entry";
  readonly section: "identityProviders" | "hubs" | "spokes" | "chains";
  readonly key: string;
  /** The entry, under the keys of the map. */
  readonly value: Readonly<Record<string, NewValue>>;
}
