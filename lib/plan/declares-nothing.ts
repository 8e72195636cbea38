import type { ResolvedAccess } from "./resolved-access";

/** Whether a plan allows no one anything: a map of accounts, without a hub, a spoke or a chain. */
export function declaresNothing({ accounts }: ResolvedAccess): boolean {
  return accounts.every(({ roles, grants }) => roles.length === 0 && grants.length === 0);
}
