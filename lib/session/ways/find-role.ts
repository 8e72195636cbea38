import { listNames, nearest } from "../../diagnostics/nearest";
import { quoteName } from "../../diagnostics/quote";
import type { AccessIndex, IndexRole } from "../index/access-index";

/** Something that was found, or why not and what to type. */
export type Found<T> = { readonly value: T } | { readonly problem: string; readonly help: string };

/** The role that `ROLE@ACCOUNT` or an ARN means; ROLE is its name in IAM or its key in the map, ACCOUNT a key or an ID. */
export function findRole(index: AccessIndex, text: string): Found<IndexRole> {
  if (text.startsWith("arn:")) {
    const role = index.roles.find(({ arn }) => arn === text);
    if (role !== undefined) return { value: role };
    return unknownRole(
      text,
      index.roles.map(({ arn }) => arn),
    );
  }
  const at = text.lastIndexOf("@");
  if (at <= 0 || at === text.length - 1) {
    const near = nearest(
      at <= 0 ? text.replace("@", "") : text.slice(0, at),
      index.roles.map(({ name }) => name),
    );
    const role = index.roles.find(({ name }) => name === near);
    return {
      problem: `${quoteName(text)} names no account`,
      help:
        role === undefined
          ? "write ROLE@ACCOUNT with the account's key, or an ARN"
          : `write ROLE@ACCOUNT, for example ${quoteName(nameOf(role))}`,
    };
  }
  const account = findAccount(index, text.slice(at + 1));
  if ("problem" in account) return account;
  const wanted = text.slice(0, at);
  const there = index.roles.filter((role) => role.account === account.value);
  const found =
    there.find(({ name }) => name === wanted) ?? there.find(({ key }) => key === wanted);
  if (found !== undefined) return { value: found };
  const elsewhere = index.roles.filter(({ name, key }) => name === wanted || key === wanted);
  if (elsewhere.length > 0) {
    return {
      problem: `there is no role ${quoteName(wanted)} in ${quoteName(account.value)}`,
      help: `it is in ${listNames(elsewhere.map((role) => role.account))}; ${quoteName(account.value)} has ${listNames(there.map(({ name }) => name))}`,
    };
  }
  return unknownRole(text, index.roles.map(nameOf));
}

/** The key of the account that a key or an ID means. */
export function findAccount(index: AccessIndex, text: string): Found<string> {
  if (Object.hasOwn(index.accounts, text)) return { value: text };
  const byId = Object.entries(index.accounts).find(([, { id }]) => id === text);
  if (byId !== undefined) return { value: byId[0] };
  const meant = nearest(text, Object.keys(index.accounts));
  return {
    problem: `there is no account ${quoteName(text)}`,
    help:
      meant === undefined
        ? `the accounts are ${listNames(Object.keys(index.accounts))}`
        : `did you mean ${quoteName(meant)}?`,
  };
}

/** `ROLE@ACCOUNT` of a role. */
export function nameOf({ name, account }: Pick<IndexRole, "name" | "account">): string {
  return `${name}@${account}`;
}

function unknownRole(
  text: string,
  known: readonly string[],
): { readonly problem: string; readonly help: string } {
  const meant = nearest(text, known);
  return {
    problem: `there is no role ${quoteName(text)}`,
    help:
      meant === undefined
        ? `the roles are ${listNames(known)}`
        : `did you mean ${quoteName(meant)}?`,
  };
}
