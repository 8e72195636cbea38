import type { ResolvedAccess } from "../../../lib/plan/resolved-access";

/** The part of a plan that lies in some of its accounts, without roles that roles of others enter. */
export function partOf(plan: ResolvedAccess, keys: readonly string[]): ResolvedAccess {
  const own = new Set(keys);
  const entered = new Set(
    plan.edges.flatMap(({ from, to }) =>
      from.kind === "role" && !own.has(from.account.key) ? [to.arn] : [],
    ),
  );
  return {
    ...plan,
    accounts: plan.accounts
      .filter(({ account }) => own.has(account.key))
      .map((account) => ({
        ...account,
        roles: account.roles.filter(({ arn }) => !entered.has(arn)),
      })),
    edges: plan.edges.filter(({ to, toAccount }) => own.has(toAccount.key) && !entered.has(to.arn)),
  };
}
