import type { RawAccountMap } from "../../account-map/read/raw-account-map";

/** Whether an account that says nothing belongs to an organization. */
export function isDefaultOrganization(raw: RawAccountMap, key: string): boolean {
  const keys = Object.keys(raw.organizations ?? {});
  return (raw.defaults?.organization ?? (keys.length === 1 ? keys[0] : undefined)) === key;
}
