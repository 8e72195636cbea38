import type { Tags } from "../../account-map/model/account-map";
import type { RawAccountMap, RawSelection } from "../../account-map/read/raw-account-map";
import type { Organization } from "../organization";
import { byKey } from "../../values/order";

/**
 * Keys of the tags that are kept in sync: those that the map uses, on accounts or to select them, and
 * that some account in the organization has. Keys that AWS does not know are the map's own.
 */
export function managedTagKeys(raw: RawAccountMap, { accounts }: Organization): Set<string> {
  const used = usedTagKeys(raw);
  const carried = new Set(accounts.flatMap(({ tags = {} }) => Object.keys(tags)));
  return new Set([...used].filter((key) => carried.has(key)));
}

/** Whether a map has anything to do with tags of accounts. */
export function usesTags(raw: RawAccountMap): boolean {
  return usedTagKeys(raw).size > 0;
}

/** The tags with these keys. */
export function pickTags(tags: Tags, keys: ReadonlySet<string>): Tags {
  const entries = Object.entries(tags).filter(([key]) => keys.has(key));
  return Object.fromEntries(entries.sort(byKey));
}

function usedTagKeys(raw: RawAccountMap): Set<string> {
  const used = new Set<string>();
  for (const { tags = {} } of Object.values(raw.accounts)) {
    for (const key of Object.keys(tags)) used.add(key);
  }
  for (const { accounts: selection } of Object.values(raw.spokes ?? {})) {
    for (const key of selectedKeys(selection)) used.add(key);
  }
  return used;
}

function selectedKeys({ tags = {}, except = {} }: RawSelection): string[] {
  return [...Object.keys(tags), ...Object.keys(except.tags ?? {})];
}
