import type {
  AccountMap,
  Organization as MapOrganization,
} from "../../account-map/model/account-map";
import type { RawAccountMap } from "../../account-map/read/raw-account-map";
import type { Organization } from "../organization";

/** What is compared with an organization. */
export interface ComparedMap {
  readonly map: AccountMap;
  /** The values that the map was read from: they distinguish defaults from what is written. */
  readonly raw: RawAccountMap;
}

/** What the comparison of an account needs to know of everything else. */
export interface Comparison extends ComparedMap {
  readonly organization: Organization;
  /** The same organization in the map. @default - the map has no organizations */
  readonly mapOrganization?: MapOrganization;
  /** Tags that both the map and the organization use; others are ignored. */
  readonly tagKeys: ReadonlySet<string>;
}

/** Whether an account that says nothing belongs to an organization. */
export function isDefaultOrganization(raw: RawAccountMap, key: string): boolean {
  const keys = Object.keys(raw.organizations ?? {});
  return (raw.defaults?.organization ?? (keys.length === 1 ? keys[0] : undefined)) === key;
}
