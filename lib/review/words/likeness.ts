import type { ToldReview } from "./told";

/** What stands for the account in texts that are equal up to it, as documents of the map write it. */
const ID = "{{account.id}}";
const KEY = "{{account.key}}";

/** Fields whose texts may be derived from the key of an account; names of roles are names. */
const DERIVED: ReadonlySet<string> = new Set([
  "added",
  "removed",
  "request",
  "with",
  "reason",
  "message",
  "subject",
  "stack",
  "caller",
  "who",
  "terms",
]);

/**
 * A value as text in which the account does not matter: its id, and its key where a text may be made of it,
 * are placeholders. Two values with the same text are equal up to the account.
 *
 * @param accountId account of the value; nothing is replaced where there is none
 */
export function likeness(
  value: unknown,
  accountId: string | undefined,
  review: ToldReview,
): string {
  if (accountId === undefined) return JSON.stringify(value);
  const replace = withoutAccount(accountId, review);
  const fieldsOf = (each: unknown, derived: boolean): unknown => {
    if (typeof each === "string") return replace(each, derived);
    if (Array.isArray(each)) return each.map((item) => fieldsOf(item, derived));
    if (typeof each !== "object" || each === null) return each;
    const entries = Object.entries(each);
    return Object.fromEntries(
      entries.map(([name, field]) => [name, fieldsOf(field, derived || DERIVED.has(name))]),
    );
  };
  return JSON.stringify(fieldsOf(value, false));
}

/** A text with placeholders for an account's id and key, such as `deploy-{{account.key}}`. */
export function withPlaceholders(text: string, accountId: string, review: ToldReview): string {
  return withoutAccount(accountId, review)(text, true);
}

function withoutAccount(
  accountId: string,
  { accounts }: ToldReview,
): (text: string, derived: boolean) => string {
  const key = accounts[accountId]?.key;
  // A key is a word of its own: `shop` is in `deploy-shop` and not in `workshop`.
  const word =
    key === undefined
      ? undefined
      : new RegExp(`(?<![A-Za-z0-9])${escaped(key)}(?![A-Za-z0-9])`, "g");
  return (text, derived) => {
    const result = text.replaceAll(accountId, ID);
    return derived && word !== undefined ? result.replace(word, KEY) : result;
  };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
