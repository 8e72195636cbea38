import type { Account } from "../account-map/model/account-map";
import type { BootstrapStack } from "./bootstrap-stack";
import { bootstrapTemplate, templateText } from "./cloudformation-template";
import { groupBy } from "../values/group";

/** Accounts that need the same, with the template for them. */
export interface StackSet {
  /** Name of the template: that of its account where it has only one, else `accounts`, `accounts-2`, .... */
  readonly name: string;
  readonly text: string;
  /** Accounts that a service-managed StackSet reaches. */
  readonly members: readonly Account[];
  /** The management account, which it skips (rule BS-04), and accounts outside of an organization. */
  readonly others: readonly Account[];
  readonly stacks: readonly BootstrapStack[];
}

/** The stacks in groups of equal templates, the largest first. */
export function stackSets(stacks: readonly BootstrapStack[]): StackSet[] {
  const groups = groupBy(stacks, (stack) => templateText(bootstrapTemplate(stack)));
  const bySize = [...groups].sort(([, a], [, b]) => b.length - a.length);
  let shared = 0;
  return bySize.map(([text, group]) => {
    const accounts = group.map(({ account }) => account);
    const [only] = accounts;
    if (accounts.length > 1) shared += 1;
    const name =
      accounts.length === 1 && only !== undefined
        ? only.key
        : `accounts${shared === 1 ? "" : `-${String(shared)}`}`;
    const reached = (account: Account): boolean =>
      !account.management && account.organization !== undefined;
    return {
      name: accounts.length === 1 && name === "accounts" ? "account-accounts" : name,
      text,
      members: accounts.filter(reached),
      others: accounts.filter((account) => !reached(account)),
      stacks: group,
    };
  });
}
