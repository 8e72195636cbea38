import type { NewValue } from "../../account-map/edit/change";
import type { Account, AccountMap } from "../../account-map/model/account-map";
import type { ExistingRole } from "../read/existing-access";
import type { ProviderKeys } from "./provider-keys";

/** One principal of an existing role, in the terms of the map. */
export interface ExistingPrincipal {
  /** The role of a mapped account that it trusts, by ARN. @default - it trusts something else */
  readonly callerArn?: string;
  /** Whether the trust names that role itself, and not its account. @default false */
  readonly direct?: boolean;
  /** Words that its key is made of. */
  readonly words: string;
  /** The principal, under its kind. */
  readonly principal: Readonly<Record<string, NewValue>>;
  /** Conditions, under their keys, the external ids aside. */
  readonly conditions: Readonly<Record<string, NewValue>>;
  readonly externalIds: readonly string[];
  /** Whether its kind takes a `grant`. */
  readonly granted: boolean;
}

/** Where a trust policy is read. */
export interface TrustScope {
  readonly role: ExistingRole;
  /** The account of the role. */
  readonly home: Account;
  readonly map: AccountMap;
  /** By id. */
  readonly accounts: ReadonlyMap<string, Account>;
  readonly providers: ProviderKeys;
}

/** A way without its conditions. */
export type ExistingPrincipalBase = Pick<
  ExistingPrincipal,
  "words" | "principal" | "granted" | "callerArn" | "direct"
>;
