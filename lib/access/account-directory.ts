import type { Account } from "../account-map/model/account-map";
import { organizationPath } from "../account-map/model/organization-path";
import type { AccountDirectory, AccountFacts } from "./environment";

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
