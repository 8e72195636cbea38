import type { Account } from "./account-map";
import type { RawSelection } from "./raw-account-map";
import { listOf, lookUp } from "./reading";
import type { Reporter } from "./reporter";
import type { Path } from "./yaml-source";

/**
 * The accounts that a selection means, sorted by key: those named by `keys`, and those that match both
 * `units` and `tags`, less `except`. The management account is never selected by unit or tag, and by
 * its key only with a reason. An empty selection is a finding.
 */
export function selectAccounts(
  selection: RawSelection,
  accounts: ReadonlyMap<string, Account>,
  path: Path,
  reporter: Reporter,
): Account[] {
  const selected = new Set<Account>();
  for (const [index, key] of (selection.keys ?? []).entries()) {
    const account = lookUp(reporter, [...path, "keys", index], "account", key, accounts);
    if (account === undefined) continue;
    selected.add(account);
    if (account.management && selection.managementReason === undefined) {
      reporter.report([...path, "keys", index], {
        rule: "PB-06",
        message: `\`${key}\` is the management account, which no service or resource control policy binds`,
        help: "add `managementReason:` with the reason why a role is wanted there",
      });
    }
  }
  if (selection.units !== undefined || selection.tags !== undefined) {
    for (const account of accounts.values()) {
      if (account.management) continue;
      if (selection.units !== undefined && !matchesUnits(account, selection.units)) continue;
      if (selection.tags !== undefined && !matchesTags(account, selection.tags)) continue;
      selected.add(account);
    }
  }
  const { keys = [], units, tags } = selection.except ?? {};
  for (const [index, key] of keys.entries()) {
    lookUp(reporter, [...path, "except", "keys", index], "account", key, accounts);
  }
  const excluded = new Set(keys);
  const remaining = [...selected].filter(
    (account) =>
      !excluded.has(account.key) &&
      !(units !== undefined && matchesUnits(account, units)) &&
      !(tags !== undefined && matchesTags(account, tags)),
  );
  if (remaining.length === 0) {
    reporter.report(path, {
      rule: "empty-selection",
      atKey: true,
      message: "no account is selected",
      help: "check the units and tags against those of the accounts, or remove the entry",
    });
  }
  return remaining.sort((a, b) => (a.key < b.key ? -1 : 1));
}

function matchesUnits(account: Account, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => matchesUnit(account.unit, pattern));
}

/** Whether a unit path fits a pattern: `*` is one unit, a final `**` the unit before it and all below. */
export function matchesUnit(unit: string, pattern: string): boolean {
  const names = unit.split("/").filter((name) => name !== "");
  const parts = pattern.split("/").filter((part) => part !== "");
  const open = parts.at(-1) === "**";
  const fixed = open ? parts.slice(0, -1) : parts;
  if (open ? names.length < fixed.length : names.length !== fixed.length) return false;
  return fixed.every((part, index) => part === "*" || part === names[index]);
}

function matchesTags(account: Account, tags: Readonly<Record<string, string | string[]>>): boolean {
  return Object.entries(tags).every(([key, values]) =>
    listOf(values).includes(account.tags[key] ?? ""),
  );
}
