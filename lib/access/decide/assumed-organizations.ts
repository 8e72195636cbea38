import type { AccessGraph } from "../access-graph";
import type { AccountDirectory, AccountFacts } from "../account-directory";
import { byText } from "../../values/order";

/**
 * Where no map says it: all accounts of a tree are taken to be in the organization that its policies name most,
 * or in none where they name none.
 */
export function accountsWithoutMap({ accounts, roles }: AccessGraph): AccountDirectory {
  const named = new Map<string, number>();
  for (const { trust, policies } of roles.values()) {
    const text = JSON.stringify([trust, policies]);
    for (const [id] of text.matchAll(/\bo-[a-z0-9]{10,32}\b/g)) {
      named.set(id, (named.get(id) ?? 0) + 1);
    }
  }
  const [most] = [...named].sort(([a, times], [b, more]) => more - times || byText(a, b));
  const facts: AccountFacts = most === undefined ? {} : { organizationId: most[0] };
  return new Map([...accounts.keys()].map((id) => [id, facts]));
}
