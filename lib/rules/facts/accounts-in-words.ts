import type { Account } from "../../account-map/model/account-map";
import { counted } from "../../diagnostics/words";

/** Accounts in words: the first by its key, the others by their number. */
export function formatAccounts(accounts: readonly Account[]): string {
  const [first] = accounts;
  const others = accounts.length - 1;
  if (first === undefined) return "no account";
  if (others === 0) return `\`${first.key}\``;
  return `\`${first.key}\` and ${counted(others, "other account")}`;
}
