import type { Account } from "../../account-map/model/account-map";
import type { WrittenCondition } from "./written-condition";

/** The accounts in which a test of the caller's organization is used without naming theirs. */
export function accountsOutsideCondition({ written, line }: WrittenCondition): readonly Account[] {
  // A parameter is filled in with each account's own organization.
  if (line.values.some((value) => value.includes("{{"))) return [];
  const values = new Set<string>(line.values);
  const accounts = written.holders.flatMap(({ entry }) => entry.accounts);
  return accounts.filter(
    ({ organization }) => organization === undefined || !values.has(organization.id),
  );
}
