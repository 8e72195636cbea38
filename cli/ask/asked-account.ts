import type { AccountMap } from "../../lib/account-map/model/account-map";
import { quoteName } from "../../lib/diagnostics/quote";
import type { AccountLocation } from "../../lib/iam/arn";
import { unknownName } from "../project/unknown-name";
import type { UsageProblem } from "../system/usage-problem";

/** A name, and the account that it is in. */
export interface AtAccount {
  readonly name: string;
  readonly account: AccountLocation;
}

/** Takes `NAME@ACCOUNT` apart: the account by its key in the map or by its ID. */
export function atAccount(text: string, map: AccountMap): AtAccount | UsageProblem {
  const at = text.lastIndexOf("@");
  const [name, key] = [text.slice(0, Math.max(at, 0)).trim(), text.slice(at + 1).trim()];
  if (name === "" || key === "") {
    return {
      problem: `${quoteName(text)} does not say in which account it is`,
      help: "write NAME@ACCOUNT with the key of an account, or the ID of one that is not in the map",
    };
  }
  const account = accountOf(key, map);
  return "problem" in account ? account : { name, account };
}

/** An account by its key in the map, or by its ID: one that is not in the map is in the partition that the map's are in. */
export function accountOf(key: string, map: AccountMap): AccountLocation | UsageProblem {
  const accounts = [...map.accounts.values()];
  const known = accounts.find((each) => each.key === key) ?? accounts.find(({ id }) => id === key);
  if (known !== undefined) return { partition: known.partition, accountId: known.id };
  if (/^\d{12}$/.test(key)) {
    return { partition: accounts[0]?.partition ?? "aws", accountId: key };
  }
  return unknownName("account", key, map.accounts.keys());
}
