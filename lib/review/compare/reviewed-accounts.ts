import type { Account, AccountMap } from "../../account-map/model/account-map";
import type { ReviewInput } from "./reviewed-tree";

/** What is said of an account in a review. */
export interface ReviewedAccount {
  readonly id: string;
  /** Key in the map. @default - it is not in the map */
  readonly key?: string;
  /** Path of its unit. @default - not known */
  readonly unit?: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Whether head alone knows it: then its key, unit and tags are what the change says of itself. @default false */
  readonly isNew?: true;
}

/** Accounts by id. */
export type ReviewedAccounts = Readonly<Record<string, ReviewedAccount>>;

/** What is said of each account that changes name, by id: what base says, where it knows it, else head. */
export function reviewedAccounts(
  changes: readonly unknown[],
  { base, head }: ReviewInput,
): ReviewedAccounts {
  const known = new Map<string, Account>();
  for (const map of [head.map, base.map]) {
    for (const account of map?.accounts.values() ?? []) known.set(account.id, account);
  }
  const old = base.map === undefined ? undefined : idsOf(base.map);
  const ids = new Set<string>();
  for (const change of changes) collectIds(change, ids);
  return Object.fromEntries(
    [...ids].sort().map((id) => [id, reviewedAccount(id, known.get(id), old)]),
  );
}

function idsOf({ accounts }: AccountMap): ReadonlySet<string> {
  return new Set([...accounts.values()].map(({ id }) => id));
}

const ID = /^(?:arn:[^:]*:[^:]*:[^:]*:)?(?<id>\d{12})(?::|$)/;

/** Ids of accounts in ARNs, wherever they stand in a change; those in sentences are not looked for. */
function collectIds(value: unknown, ids: Set<string>): void {
  if (typeof value === "string") {
    const id = ID.exec(value)?.groups?.id;
    if (id !== undefined) ids.add(id);
  } else if (typeof value === "object" && value !== null) {
    for (const each of Object.values(value)) collectIds(each, ids);
  }
}

function reviewedAccount(
  id: string,
  account: Account | undefined,
  old: ReadonlySet<string> | undefined,
): ReviewedAccount {
  if (account === undefined) return { id, tags: {} };
  const { key, unit, tags } = account;
  return { id, key, unit, tags, ...(old?.has(id) === false ? { isNew: true } : {}) };
}
