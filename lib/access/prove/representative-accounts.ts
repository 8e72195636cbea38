import type { AccountDirectory } from "../account-directory";
import type { AccountDistinctions } from "./account-distinctions";
import { patternAutomaton, run } from "./solvers/pattern-automaton";
import type { PatternState } from "./solvers/pattern-automaton";
import type { CallerOrganization } from "./scenario";
import { byKey } from "../../values/order";

/** An account that stands for all that the policies cannot tell from it. */
export interface RepresentativeAccount {
  readonly accountId: string;
  readonly organization: CallerOrganization;
}

/**
 * Accounts that stand for all accounts there are: each that is named, and of the others one of every kind
 * that the patterns tell apart. Where a kind has an account outside of the map, that one is enough: its
 * organization is open, so it stands for accounts of the map too. `undefined` when there are too many
 * kinds.
 *
 * @param kindLimit kinds to tell apart before it gives up
 */
export function representativeAccounts(
  directory: AccountDirectory,
  { named, arnPatterns, idPatterns }: AccountDistinctions,
  partition: string,
  kindLimit: number,
): readonly RepresentativeAccount[] | undefined {
  const byName = [...named].sort().map((accountId) => representative(directory, accountId));
  if (arnPatterns.length === 0 && idPatterns.length === 0) {
    return [...byName, representative(directory, strangerTo(directory, named))];
  }
  const start = [
    ...arnPatterns.map((each) => run(patternAutomaton(each), `arn:${partition}:iam::`)),
    ...idPatterns.map(patternAutomaton),
  ];
  const kinds = kindsOutside(directory, named, start, kindLimit);
  if (kinds === undefined) return undefined;
  for (const [accountId, facts] of [...directory].sort(byKey)) {
    const kind = kindOf(start.map((state) => run(state, accountId)));
    if (kinds.outside.has(kind)) continue;
    const key = `${kind} ${facts.organizationId ?? ""} ${facts.organizationPath ?? ""}`;
    if (!kinds.inside.has(key)) kinds.inside.set(key, accountId);
  }
  const others = [...kinds.outside.values(), ...kinds.inside.values()];
  return [...byName, ...others.map((accountId) => representative(directory, accountId))];
}

function representative(directory: AccountDirectory, accountId: string): RepresentativeAccount {
  const facts = directory.get(accountId);
  return {
    accountId,
    organization: facts === undefined ? { known: false } : { known: true, facts },
  };
}

/** An account that is neither in the map nor named: with twelve equal digits where one is left. */
function strangerTo(directory: AccountDirectory, named: ReadonlySet<string>): string {
  const known = (accountId: string): boolean => directory.has(accountId) || named.has(accountId);
  for (let digit = 9; digit > 0; digit--) {
    const accountId = String(digit).repeat(12);
    if (!known(accountId)) return accountId;
  }
  let number = 900_000_000_000;
  while (known(String(number))) number++;
  return String(number);
}

interface Kinds {
  /** An account outside of the map by its kind. */
  readonly outside: Map<string, string>;
  /** An account of the map by its kind and organization, for kinds that have none outside. */
  readonly inside: Map<string, string>;
}

/** Searches all account ids digit by digit, together with the ids to leave out, for one of each kind. */
function kindsOutside(
  directory: AccountDirectory,
  named: ReadonlySet<string>,
  start: readonly PatternState[],
  kindLimit: number,
): Kinds | undefined {
  const known = new Set([...directory.keys(), ...named].flatMap(beginnings));
  let visits = new Map([["", { digits: "", states: start }]]);
  for (let length = 0; length < 12; length++) {
    const next: typeof visits = new Map();
    for (const { digits, states } of visits.values()) {
      for (const digit of "9876543210") {
        const longer = digits + digit;
        const reached = states.map((state) => state.next(digit.charCodeAt(0)));
        // Beginnings of known ids are kept apart: they may have to be left in the end.
        const key = `${kindOf(reached)} ${known.has(longer) ? longer : ""}`;
        if (!next.has(key)) next.set(key, { digits: longer, states: reached });
      }
    }
    if (next.size > kindLimit + known.size) return undefined;
    visits = next;
  }
  const outside = new Map<string, string>();
  for (const { digits, states } of visits.values()) {
    if (!known.has(digits)) outside.set(kindOf(states), digits);
  }
  return { outside, inside: new Map() };
}

function kindOf(states: readonly PatternState[]): string {
  return states.map((state) => state.id).join();
}

function beginnings(accountId: string): string[] {
  return Array.from({ length: accountId.length }, (_, at) => accountId.slice(0, at + 1));
}
