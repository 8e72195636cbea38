import { freeKey, keyOfName } from "../../account-map/model/free-key";

/** The key that an account gets in the map, from its name. */
export function accountKey(name: string, taken: Pick<ReadonlySet<string>, "has">): string {
  return freeKey(name, taken, "account");
}

/** The name of an account as a key, whether it is taken or not. */
export function keyOfAccountName(name: string): string {
  return keyOfName(name, "account");
}
