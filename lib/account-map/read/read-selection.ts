import { listNames } from "../../diagnostics/nearest";
import { quoteText } from "../../diagnostics/quote";
import type { Account } from "../model/account-map";
import { matchesUnit } from "../model/unit-pattern";
import type { RawSelection } from "./raw-account-map";
import { listOf, lookUp } from "./reading";
import type { Reporter } from "../../source/reporter";
import type { Path } from "../../source/source";
import { byTextOf } from "../../values/order";

/**
 * The accounts that a selection means, sorted by key: those named by `keys`, and those that match both
 * `units` and `tags`, less `except`. The management account is never selected by unit or tag, and by
 * its key only with a reason. An account that is leaving is never selected. An empty selection is a warning: the first
 * account may not be there yet, or the last one is leaving.
 */
export function selectAccounts(
  selection: RawSelection,
  accounts: ReadonlyMap<string, Account>,
  path: Path,
  reporter: Reporter,
): Account[] {
  const findings = reporter.diagnostics.length;
  const named = readKeys(selection.keys ?? [], accounts, [...path, "keys"], reporter);
  if (selection.managementReason === undefined) reportManagement(named, path, reporter);
  reportLeaving(named, path, reporter);
  const { units, tags } = selection;
  checkPatterns(units ?? [], [...path, "units"], reporter);
  const matching =
    units === undefined && tags === undefined
      ? []
      : [...accounts.values()]
          .filter((account) => !account.management)
          .filter(matcher(units, tags));
  const except = selection.except ?? {};
  checkPatterns(except.units ?? [], [...path, "except", "units"], reporter);
  const excepted = readKeys(except.keys ?? [], accounts, [...path, "except", "keys"], reporter);
  const excluded = new Set([...excepted.values()]);
  const inUnits = except.units === undefined ? nothing : matcher(except.units, undefined);
  const withTags = except.tags === undefined ? nothing : matcher(undefined, except.tags);
  const meant = [...new Set([...named.values(), ...matching])].filter(
    (account) => !excluded.has(account) && !inUnits(account) && !withTags(account),
  );
  const remaining = meant.filter(({ leaving }) => !leaving);
  // Where a key is unknown, a pattern wrong or an account not readable, that is the finding.
  const complete =
    reporter.diagnostics.slice(findings).every(({ severity }) => severity === "info") &&
    !reporter.unread.hasAny("accounts");
  if (remaining.length === 0 && complete) {
    reportEmpty(selection, accounts, meant, path, reporter);
  }
  return remaining.sort(byTextOf(({ key }) => key));
}

/** The accounts that are in a list of keys, by their place in it. */
function readKeys(
  keys: readonly string[],
  accounts: ReadonlyMap<string, Account>,
  path: Path,
  reporter: Reporter,
): Map<number, Account> {
  const read = new Map<number, Account>();
  for (const [index, key] of keys.entries()) {
    const account = lookUp(reporter, [...path, index], "account", key, accounts);
    if (account !== undefined) read.set(index, account);
  }
  return read;
}

/** Reports patterns of units that have a wildcard in the midst of a name: they would silently match nothing. */
export function checkPatterns(patterns: readonly string[], path: Path, reporter: Reporter): void {
  for (const [index, pattern] of patterns.entries()) {
    const fixed = pattern.replace(/\/\*\*$/, "").split("/");
    if (fixed.every((name) => name === "*" || !name.includes("*"))) continue;
    reporter.report([...path, index], {
      rule: "unit-pattern",
      message: `\`*\` matches one whole OU, and \`**\` is allowed only at the end, got ${quoteText(pattern)}`,
      help: "name the OUs one by one, or write `*` instead of the whole name",
    });
  }
}

function reportManagement(
  named: ReadonlyMap<number, Account>,
  path: Path,
  reporter: Reporter,
): void {
  for (const [index, { key, management }] of named) {
    if (!management) continue;
    reporter.report([...path, "keys", index], {
      rule: "PB-06",
      message: `\`${key}\` is the management account, which no service or resource control policy binds`,
      help: "add `managementReason:` with the reason why a role is wanted there",
    });
  }
}

/** That a key selects nothing is said but stops nothing: it goes together with the account. */
function reportLeaving(named: ReadonlyMap<number, Account>, path: Path, reporter: Reporter): void {
  for (const [index, { key, leaving }] of named) {
    if (!leaving) continue;
    reporter.report([...path, "keys", index], {
      rule: "leaving-account",
      severity: "info",
      message: `\`${key}\` is leaving, so it gets no role`,
      help: "remove the key before you remove the account from the map",
    });
  }
}

function reportEmpty(
  selection: RawSelection,
  accounts: ReadonlyMap<string, Account>,
  leaving: readonly Account[],
  path: Path,
  reporter: Reporter,
): void {
  const units = [...new Set([...accounts.values()].map(({ unit }) => unit))];
  const help =
    leaving.length > 0
      ? `accounts that are leaving do not count (${listNames(leaving.map(({ key }) => key))}); remove the entry`
      : selection.units === undefined
        ? "check the tags against those of the accounts, or remove the entry"
        : `the OUs of the accounts are ${listNames(units)}; check the patterns, or remove the entry`;
  reporter.report(path, {
    rule: "empty-selection",
    severity: "warning",
    atKey: true,
    message: "no account is selected, so no role is created",
    help,
  });
}

type Matcher = (account: Account) => boolean;

const nothing: Matcher = () => false;

/** Tells accounts that match both a list of unit patterns and tags; what is not given, all match. */
function matcher(units: readonly string[] | undefined, tags: RawSelection["tags"]): Matcher {
  // Accounts share units: each is matched once.
  const fitting = new Map<string, boolean>();
  const wanted = Object.entries(tags ?? {}).map(([key, values]) => [key, listOf(values)] as const);
  return (account) => {
    const { unit } = account;
    const fits = fitting.get(unit) ?? units?.some((pattern) => matchesUnit(unit, pattern)) ?? true;
    fitting.set(unit, fits);
    return fits && wanted.every(([key, values]) => values.includes(account.tags[key] ?? ""));
  };
}
