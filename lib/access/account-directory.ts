import type { Account } from "../account-map/model/account-map";
import { organizationPath } from "../account-map/model/organization-path";

/** What is known of an account of the map. */
export interface AccountFacts {
  /**
   * Id of the organization that the account is in.
   *
   * @default - the account is in no organization
   */
  readonly organizationId?: string;
  /**
   * Path of the account's organizational unit, such as `o-exampleorg1/r-ab12/ou-ab12-cdefgh34/` (rule ID-04).
   *
   * @default - somewhere in the organization, which one is not known
   */
  readonly organizationPath?: string;
  /**
   * Whether it is the management account of its organization, which service and resource control
   * policies do not bind (rules PB-06, PB-07).
   *
   * @default false
   */
  readonly isManagement?: boolean;
}

/** The accounts of the map by their ids. Of any other account nothing is known. */
export type AccountDirectory = ReadonlyMap<string, AccountFacts>;

/** What the map says of its accounts, by account id. */
export function accountDirectory(accounts: Iterable<Account>): AccountDirectory {
  const directory = new Map<string, AccountFacts>();
  for (const account of accounts) {
    const { organization, unit } = account;
    const path = organization === undefined ? undefined : organizationPath(organization, unit);
    directory.set(account.id, {
      ...(organization === undefined ? {} : { organizationId: organization.id }),
      ...(path === undefined ? {} : { organizationPath: path }),
      isManagement: account.management,
    });
  }
  return directory;
}
