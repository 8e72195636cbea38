import type {
  AccountMap,
  Organization as MapOrganization,
} from "../../account-map/model/account-map";
import { listNames } from "../../diagnostics/nearest";
import { quoteName, quoteText } from "../../diagnostics/quote";
import { accountKey, keyOfAccountName } from "./account-key";
import { compareAccount } from "./compare-account";
import { compareManagement } from "./compare-management";
import type { ComparedMap, Comparison } from "./comparison";
import { movedUnits, unitAfter } from "./compare-units";
import { managedTagKeys } from "./managed-tags";
import { missingAccount } from "./missing-account";
import type { Organization, OrganizationAccount } from "../organization";
import { DRIFT_KINDS } from "./organization-drift";
import type { OrganizationDrift } from "./organization-drift";
import { byTextOf } from "../../values/order";

/**
 * Returns how a map differs from an organization, sorted by kind and account. Accounts are matched by ID;
 * by name if the source has no ID. What the source does not have is not compared. Only tags with keys
 * that the map uses and that some account in the organization has are compared: other keys of the map are
 * its own.
 *
 * @param organizationKey - which organization of the map is meant, if the source has no ID
 */
export function compareOrganization(
  { map, raw }: ComparedMap,
  organization: Organization,
  organizationKey?: string,
): OrganizationDrift[] {
  const mapOrganization = findOrganization(map, organization, organizationKey);
  if (mapOrganization === undefined && map.organizations.size > 0) {
    return [unknownOrganization(map, organization)];
  }
  const comparison: Comparison = {
    map,
    raw,
    organization,
    ...(mapOrganization === undefined ? {} : { mapOrganization }),
    tagKeys: managedTagKeys(raw, organization),
  };
  const units = movedUnits(comparison);
  const matches = matchAccounts(comparison);
  const drifts = [
    ...units,
    ...compareManagement(comparison),
    ...[...matches.known].flatMap(([key, listed]) =>
      compareAccount(key, listed, comparison, (unit) => unitAfter(unit, units)),
    ),
    ...missingAccounts(matches.unknown, comparison),
    ...departedAccounts(matches, comparison),
  ];
  const order = (drift: OrganizationDrift): number => DRIFT_KINDS.indexOf(drift.kind);
  // Sorting is stable: within a kind, the order of the accounts stays.
  return drifts.sort((a, b) => order(a) - order(b));
}

function findOrganization(
  { organizations }: AccountMap,
  { id }: Organization,
  key: string | undefined,
): MapOrganization | undefined {
  const all = [...organizations.values()];
  if (id !== undefined) return all.find((each) => each.id === id);
  if (key !== undefined) return organizations.get(key);
  return all.length === 1 ? all[0] : undefined;
}

function unknownOrganization(map: AccountMap, { id }: Organization): OrganizationDrift {
  const known = listNames(map.organizations.keys());
  return id === undefined
    ? {
        kind: "unknown-organization",
        organizationId: "",
        message: `the source does not say which organization it describes, and the map has ${known}`,
        help: "name one with `--organization KEY`",
        edits: [],
      }
    : {
        kind: "unknown-organization",
        organizationId: id,
        message: `the organization is ${id}, and the map has only ${[...map.organizations.values()].map((each) => `${each.id} (${each.key})`).join(", ")}`,
        help: `use credentials or files of the organization in the map, or add ${id} under \`organizations:\``,
        edits: [],
      };
}

interface Matches {
  /** Accounts of the organization by the keys of the map, in the map's order. */
  readonly known: ReadonlyMap<string, OrganizationAccount>;
  readonly unknown: readonly OrganizationAccount[];
}

function matchAccounts({ map, raw, organization, mapOrganization }: Comparison): Matches {
  const listed = new Map<string, OrganizationAccount>();
  const unnumbered: OrganizationAccount[] = [];
  for (const account of organization.accounts) {
    if (account.id === undefined) unnumbered.push(account);
    else listed.set(account.id, account);
  }
  // A name that two of them have says nothing.
  const named = new Map(
    unnumbered
      .filter(({ name }) => unnumbered.filter((each) => each.name === name).length === 1)
      .map((account) => [account.name, account]),
  );
  const known = new Map<string, OrganizationAccount>();
  const left = new Set([...listed.values(), ...unnumbered]);
  const keys = new Map(
    [...named.values()].map((account) => [keyOfAccountName(account.name), account]),
  );
  for (const { key, id, organization: own } of map.accounts.values()) {
    const byName =
      own?.key === mapOrganization?.key
        ? (named.get(raw.accounts[key]?.name ?? "") ?? keys.get(key))
        : undefined;
    const match = listed.get(id) ?? byName;
    if (match === undefined || !left.has(match)) continue;
    known.set(key, match);
    left.delete(match);
  }
  // The keys of new accounts must not depend on the order in which the source lists them.
  const order = ({ id, name }: OrganizationAccount): string => `${id ?? "~"} ${name}`;
  return { known, unknown: [...left].sort(byTextOf(order)) };
}

function missingAccounts(
  unknown: readonly OrganizationAccount[],
  comparison: Comparison,
): OrganizationDrift[] {
  const taken = new Set(comparison.map.accounts.keys());
  return unknown.flatMap((account): OrganizationDrift[] => {
    const { id, name, state = "active" } = account;
    // Whatever else it is, it cannot be worked in: closed accounts stay listed for 90 days.
    if (state !== "active") return [];
    if (id === undefined) {
      return [
        {
          kind: "account-without-id",
          account,
          message: `the source has an account ${quoteText(name)} without an ID, and no account in the map has this name`,
          help: `look up its ID in AWS Organizations, then run \`trustwheel onboard\`; if the map has it under another name, write \`name: ${JSON.stringify(name)}\` there`,
          edits: [],
        },
      ];
    }
    const key = accountKey(name, taken);
    taken.add(key);
    return [missingAccount({ ...account, id }, key, comparison)];
  });
}

function departedAccounts(
  { known, unknown }: Matches,
  comparison: Comparison,
): OrganizationDrift[] {
  const { map, raw, organization, mapOrganization } = comparison;
  // An account without an ID in the source can be the one that seems to be missing.
  const unidentified = unknown.filter(({ id }) => id === undefined).length;
  if (!organization.complete || mapOrganization === undefined) return [];
  return [...map.accounts.values()]
    .filter(({ key, organization: own }) => own?.key === mapOrganization.key && !known.has(key))
    .map(({ key, id }) => {
      const left =
        raw.accounts[key]?.state === "leaving"
          ? `remove it from the map: \`trustwheel offboard ${key} --finish\``
          : `if it left for good, run \`trustwheel offboard ${key}\`; if it stays in use outside the organization, write \`organization: none\``;
      return unidentified === 0
        ? {
            kind: "departed-account",
            key,
            message: `${quoteName(key)} (${id}) is not in the organization`,
            help: left,
            edits: [],
          }
        : {
            kind: "perhaps-departed-account",
            key,
            message: `${quoteName(key)} (${id}) is not in the source, unless it is ${unidentified === 1 ? "the account" : `one of the ${unidentified} accounts`} without an ID`,
            help: `look up the missing IDs in AWS Organizations; ${left}`,
            edits: [],
          };
    });
}
