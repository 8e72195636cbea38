import type { Account } from "../account-map/account-map";
import type { AccountDirectory, AccountFacts } from "./environment";

/** What the map says of its accounts, by account id. */
export function accountDirectory(accounts: Iterable<Account>): AccountDirectory {
  const directory = new Map<string, AccountFacts>();
  for (const account of accounts) {
    const organizationPath = organizationPathOf(account);
    directory.set(account.id, {
      ...(account.organization === undefined ? {} : { organizationId: account.organization.id }),
      ...(organizationPath === undefined ? {} : { organizationPath }),
      isManagement: account.management,
    });
  }
  return directory;
}

/** The path of an account's unit, where the map has the ids of all units on the way (rule ID-04). */
function organizationPathOf({ organization, unit }: Account): string | undefined {
  if (organization?.rootId === undefined) return undefined;
  const names = unit.split("/").filter((name) => name !== "");
  const ids = names.map((_, index) =>
    organization.unitIds.get(`/${names.slice(0, index + 1).join("/")}`),
  );
  if (ids.includes(undefined)) return undefined;
  return [organization.id, organization.rootId, ...ids].map((id) => `${String(id)}/`).join("");
}
