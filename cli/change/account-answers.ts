import { quoteText } from "../../lib/diagnostics/quote";
import type { AccountMap } from "../../lib/account-map/model/account-map";
import { plainKey } from "../../lib/account-map/model/free-key";

/** What is wrong with a key for a new account, with what to write; nothing where it can be one. */
export function keyProblem(text: string): string | undefined {
  if (/^[a-z][a-z0-9-]{0,63}$/.test(text)) return undefined;
  const plain = plainKey(text).slice(0, 64);
  const help = plain === "" ? "" : `, such as ${plain}`;
  return `a key has lower-case letters, digits and hyphens and starts with a letter${help}; got ${quoteText(text)}`;
}

/** What is wrong with an account id, with what to write; nothing where it is one. */
export function idProblem(text: string): string | undefined {
  if (/^\d{12}$/.test(text)) return undefined;
  const [, partition, account] =
    /^arn:([\w-]+):[^:]*:[^:]*:(?:\d{12})?:?(?:.*\/)?(\d{12})$/.exec(text) ?? [];
  if (partition !== undefined && account !== undefined) {
    const own = partition === "aws" ? "" : ` with partition ${partition}`;
    return `an account ID is 12 digits, got an ARN; write ${account}${own}`;
  }
  const digits = text.replace(/[\s-]/g, "");
  const help = /^\d{12}$/.test(digits)
    ? `; write ${digits}`
    : /^\d{9,11}$/.test(digits)
      ? `; write ${digits.padStart(12, "0")} if leading zeros were lost`
      : "";
  return `an account ID is 12 digits, got ${quoteText(text)}${help}`;
}

/** What is wrong with the path of a unit; nothing where it is one. */
export function unitProblem(text: string): string | undefined {
  if (/^\/(?:[^/]+(?:\/[^/]+)*)?$/.test(text)) return undefined;
  const plain = `/${text
    .split("/")
    .map((name) => name.trim())
    .filter((name) => name !== "")
    .join("/")}`;
  return `an OU is a path such as / or /Workloads/Prod, got ${quoteText(text)}; write ${plain}`;
}

/** Options of the form KEY=VALUE as a map, or what is wrong with them. */
export function readPairs(
  pairs: readonly string[],
  what: string,
): { readonly values: Readonly<Record<string, string>> } | { readonly problem: string } {
  const values = new Map<string, string>();
  for (const pair of pairs) {
    const equals = pair.indexOf("=");
    if (equals <= 0) return { problem: `write a ${what} as KEY=VALUE, got ${quoteText(pair)}` };
    const key = pair.slice(0, equals);
    if (values.has(key)) return { problem: `the ${what} ${quoteText(key)} is given twice` };
    values.set(key, pair.slice(equals + 1));
  }
  return { values: Object.fromEntries(values) };
}

/** The key of the account that has an id. */
export function ownerOf({ accounts }: AccountMap, id: string): string | undefined {
  return [...accounts.values()].find((account) => account.id === id)?.key;
}
