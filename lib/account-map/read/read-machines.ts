import { nearest } from "../../diagnostics/nearest";
import { quoteText } from "../../diagnostics/quote";
import type { PrincipalEntry } from "../model/account-map";
import type { AttestedMachine } from "../model/assertion";
import type { AssertionScope } from "./assertion-scope";
import type { RawAssertion } from "./raw-account-map";
import type { Reporter } from "../../source/reporter";
import type { Section } from "./reading";
import type { Path } from "../../source/source";

/** Reads which principals are machines': those that are not there, or of which no MFA is asked anyway, are findings. */
export function readMachines(
  raw: NonNullable<RawAssertion["machines"]>,
  path: Path,
  scope: AssertionScope,
  reporter: Reporter,
): readonly AttestedMachine[] {
  if (raw.length === 0) return [];
  const known = new Map(waysInOf(scope).map((wayIn) => [wayIn.at.join("."), wayIn]));
  return raw.flatMap(({ at, reason }, index): AttestedMachine[] => {
    const place = [...path, index, "at"];
    const wayIn = known.get(at);
    if (wayIn === undefined) {
      reportUnknown(at, place, known.keys(), reporter);
      return [];
    }
    const { kind } = wayIn.principal;
    if (kind === "user" || kind === "account") return [{ wayIn: at, reason }];
    reporter.report(place, {
      rule: "assertion",
      message: `only users of IAM can be attested to be machines, and ${quoteText(at)} is a principal of kind \`${kind}\``,
      help: "remove it from the list",
    });
    return [];
  });
}

function reportUnknown(at: string, place: Path, known: Iterable<string>, reporter: Reporter): void {
  const [section = "", key = ""] = at.split(".");
  // An entry that could not be read has a finding of its own.
  if (SECTIONS.has(section) && reporter.unread.has(section, key)) return;
  const meant = nearest(at, known);
  reporter.report(place, {
    rule: "unknown-way-in",
    message: `there is no principal at ${quoteText(at)}`,
    help:
      meant === undefined
        ? "name it by its path of keys, such as `hubs.automation.principals.bot`"
        : `did you mean \`${meant}\`?`,
  });
}

const SECTIONS: ReadonlySet<string> = new Set<Section>(["hubs", "spokes", "chains"]);

function waysInOf({ hubs, spokes, chains }: AssertionScope): readonly PrincipalEntry[] {
  return [
    ...[...hubs.values(), ...spokes.values()].flatMap(({ principals }) => principals),
    ...[...chains.values()].flatMap(({ start }) =>
      start.kind === "principal" ? [start.wayIn] : [],
    ),
  ];
}
