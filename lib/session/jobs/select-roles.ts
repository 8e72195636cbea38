import { matchesUnit } from "../../account-map/model/unit-pattern";
import { listNames, nearest } from "../../diagnostics/nearest";
import { quoteName } from "../../diagnostics/quote";
import type { AccessIndex, IndexRole } from "../index/access-index";
import { findAccount } from "../ways/find-role";
import type { Found } from "../ways/find-role";

/** Which accounts are meant. What is given must all fit. */
export interface AccountChoice {
  /** Keys or IDs. @default - any */
  readonly accounts?: readonly string[];
  /** Patterns of OU paths: `*` is one OU, a final `**` any number of them. @default - any */
  readonly units?: readonly string[];
  /** `KEY=VALUE`; values of one key are alternatives. @default - any */
  readonly tags?: readonly string[];
  /** Keys, IDs, or patterns of OU paths that begin with `/`. @default - none */
  readonly except?: readonly string[];
}

/**
 * The roles of one name or key in the accounts that are meant, sorted by account. As in the map, OUs and tags never
 * choose a management account.
 */
export function selectRoles(
  index: AccessIndex,
  role: string,
  choice: AccountChoice,
): Found<readonly IndexRole[]> {
  const all = index.roles.filter(({ name }) => name === role);
  const named = all.length > 0 ? all : index.roles.filter(({ key }) => key === role);
  if (named.length === 0) {
    const known = index.roles.map(({ name }) => name);
    const meant = nearest(role, known);
    return {
      problem: `there is no role ${quoteName(role)} in any account`,
      help:
        meant === undefined
          ? `the roles are ${listNames(new Set(known))}`
          : `did you mean ${quoteName(meant)}?`,
    };
  }
  const wanted = keysOf(index, choice.accounts);
  if ("problem" in wanted) return wanted;
  const excepted = keysOf(
    index,
    choice.except?.filter((each) => !each.startsWith("/")),
  );
  if ("problem" in excepted) return excepted;
  const missing = wanted.value?.find((key) => !named.some(({ account }) => account === key));
  if (missing !== undefined) {
    return {
      problem: `there is no role ${quoteName(role)} in ${quoteName(missing)}`,
      help: `it is in ${listNames(named.map(({ account }) => account))}`,
    };
  }
  const wrong = choice.tags?.find((tag) => !/^[^=]+=/.test(tag));
  if (wrong !== undefined)
    return {
      problem: `${quoteName(wrong)} is not KEY=VALUE`,
      help: "write tags such as `team=shop`",
    };
  const exceptedUnits = choice.except?.filter((each) => each.startsWith("/")) ?? [];
  const fits = ({ account }: IndexRole): boolean => {
    const { unit = "/", tags = {}, management } = index.accounts[account] ?? {};
    const isByKey = wanted.value?.includes(account) ?? false;
    const isFiltered = choice.units !== undefined || choice.tags !== undefined;
    return (
      (wanted.value === undefined || isByKey) &&
      !(management === true && isFiltered && !isByKey) &&
      (choice.units === undefined || choice.units.some((pattern) => matchesUnit(unit, pattern))) &&
      hasTags(tags, choice.tags ?? []) &&
      !(excepted.value ?? []).includes(account) &&
      !exceptedUnits.some((pattern) => matchesUnit(unit, pattern))
    );
  };
  const chosen = named.filter(fits);
  if (chosen.length > 0) return { value: chosen };
  return {
    problem: `no account with the role ${quoteName(role)} is chosen`,
    help: `it is in ${listNames(named.map(({ account }) => account))}; check --units, --tags and --except`,
  };
}

function keysOf(
  index: AccessIndex,
  texts: readonly string[] | undefined,
): Found<readonly string[] | undefined> {
  if (texts === undefined) return { value: undefined };
  const keys: string[] = [];
  for (const text of texts) {
    const found = findAccount(index, text);
    if ("problem" in found) return found;
    keys.push(found.value);
  }
  return { value: keys };
}

function hasTags(tags: Readonly<Record<string, string>>, wanted: readonly string[]): boolean {
  const byKey = new Map<string, string[]>();
  for (const each of wanted) {
    const equals = each.indexOf("=");
    const key = each.slice(0, equals);
    byKey.set(key, [...(byKey.get(key) ?? []), each.slice(equals + 1)]);
  }
  return [...byKey].every(([key, values]) => values.includes(tags[key] ?? ""));
}
