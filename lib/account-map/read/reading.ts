import type { FindingId } from "../../diagnostics/findings/finding-id";
import { listNames } from "../../diagnostics/nearest";
import { quoteName, quoteText } from "../../diagnostics/quote";
import { IDENTIFIER_RULES } from "../../iam/identifier";
import type { IdentifierKind } from "../../iam/identifier";
import type { Reporter } from "../../source/reporter";
import type { OneOrMore } from "../../iam/policy-document";
import type { Path } from "../../source/source";
import { byKey } from "../../values/order";

/** The values of a key that may hold one or several. */
export function listOf(value: OneOrMore | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === "string" ? [value] : value;
}

/** Entries in the order of their keys, so that the order in the file changes nothing. */
export function sortedEntries<T>(record: Readonly<Record<string, T>> | undefined): [string, T][] {
  return Object.entries(record ?? {}).sort(byKey);
}

/** The sections of a map whose entries are referred to by key. */
export type Section =
  "organizations" | "accounts" | "parameters" | "identityProviders" | "hubs" | "spokes" | "chains";

interface Kind {
  readonly rule: FindingId;
  /** Where the map holds the things of this kind. @default - elsewhere */
  readonly section?: Section;
  /** What to type where no known name is near. @default - the list of names says it all */
  readonly help?: (name: string) => string;
}

/** What names refer to. */
const KINDS = {
  organization: { rule: "unknown-organization", section: "organizations" },
  account: { rule: "unknown-account", section: "accounts" },
  unit: { rule: "unknown-unit" },
  parameter: {
    rule: "unknown-parameter",
    section: "parameters",
    help: () => "declare it under `parameters:`",
  },
  "identity provider": { rule: "unknown-identity-provider", section: "identityProviders" },
  hub: { rule: "unknown-hub", section: "hubs" },
  spoke: { rule: "unknown-spoke", section: "spokes" },
  chain: { rule: "unknown-chain", section: "chains" },
  document: {
    rule: "unknown-document",
    help: (name) => `create the file ${quoteName(`policies/${name}.json`)}`,
  },
} as const satisfies Record<string, Kind>;

/** Most names that are listed as known; a longer list would say nothing. */
const MOST_NAMES = 30;

/**
 * The thing that a name refers to, or a finding that says what there is. No finding where the thing
 * is in the map but could not be read: then it has one already. With `atKey` the name is a key.
 */
export function lookUp<T>(
  reporter: Reporter,
  path: Path,
  kind: keyof typeof KINDS,
  name: string,
  known: ReadonlyMap<string, T>,
  atKey = false,
): T | undefined {
  if (known.has(name)) return known.get(name);
  const { rule, section, help }: Kind = KINDS[kind];
  if (section !== undefined && reporter.unread.has(section, name)) return undefined;
  // Entries that could not be read are there as well: one of them may be meant.
  const unread = section === undefined ? new Set<string>() : reporter.unread.keysOf(section);
  const count = known.size + unread.size;
  const meant = reporter.meant(name, known, unread);
  const there =
    count > MOST_NAMES
      ? ` among the ${count} known`
      : `, known: ${listNames([...known.keys(), ...unread], MOST_NAMES)}`;
  reporter.report(path, {
    rule,
    atKey,
    message: `there is no ${kind} ${quoteName(name)}${there}`,
    ...(meant !== undefined
      ? { help: `did you mean ${quoteName(meant)}?` }
      : help === undefined
        ? {}
        : { help: help(name) }),
  });
  return undefined;
}

/** From this length on it matters how long a text is, characters. */
const LONG = 60;

/** Whether a text is what IAM takes as an identifier of a kind; reports it where it is not. */
export function checkIdentifier(
  reporter: Reporter,
  path: Path,
  kind: IdentifierKind,
  what: string,
  text: string,
  atKey = false,
): boolean {
  const { rule, pattern, allowed } = IDENTIFIER_RULES[kind];
  if (pattern.test(text)) return true;
  const length = text.length > LONG ? ` of ${text.length} characters` : "";
  reporter.report(path, {
    rule,
    atKey,
    message: `${what} must be ${allowed}, got ${quoteText(text)}${length}`,
  });
  return false;
}
