import { globOf, matchesGlob } from "../../iam/condition/glob";
import type { Assertion, AssertionKind, Subjects } from "../model/assertion";
import type { AssertionScope } from "./assertion-scope";
import type { RawAssertion } from "./raw-account-map";
import { readMachines } from "./read-machines";
import { lookUp } from "./reading";
import type { Reporter } from "../../source/reporter";
import type { Path } from "../../source/source";

/** Reads the assertions; one about something that the map does not have is a finding. */
export function readAssertions(
  raw: readonly RawAssertion[] | undefined,
  scope: AssertionScope,
  reporter: Reporter,
): readonly Assertion[] {
  return (raw ?? []).flatMap((assertion, index): Assertion[] => {
    const at = ["assertions", index];
    if (!saysOneThing(assertion, at, reporter)) return [];
    const kind = readKind(assertion, at, scope, reporter);
    return kind === undefined ? [] : [{ ...kind, at }];
  });
}

/** What `mfaOnHumanPaths` can be told more exactly by. */
const BESIDE_MFA: readonly string[] = ["mfa", "machines"];

function saysOneThing(assertion: RawAssertion, at: Path, reporter: Reporter): boolean {
  const keys = Object.keys(assertion);
  const [first, second] = keys.filter((key) => !BESIDE_MFA.includes(key));
  const beside = keys.find((key) => BESIDE_MFA.includes(key));
  if (beside !== undefined && first !== "mfaOnHumanPaths") {
    reporter.report([...at, beside], {
      rule: "assertion",
      atKey: true,
      message: `\`${beside}\` has no effect without \`mfaOnHumanPaths: true\` next to it`,
    });
    return false;
  }
  if (second === undefined) return true;
  reporter.report([...at, second], {
    rule: "assertion",
    atKey: true,
    message: `an assertion has one statement, and this one has \`${first}\` and \`${second}\``,
    help: "write one entry for each",
  });
  return false;
}

function readKind(
  { never, only, maxHops, mfaOnHumanPaths, mfa, machines }: RawAssertion,
  at: Path,
  scope: AssertionScope,
  reporter: Reporter,
): AssertionKind | undefined {
  const sides = never ?? only;
  if (sides !== undefined) {
    const kind = never === undefined ? "only" : "never";
    const from = readSubjects(sides.from, [...at, kind, "from"], scope, reporter);
    const to = readSubjects(sides.to, [...at, kind, "to"], scope, reporter);
    return from === undefined || to === undefined ? undefined : { kind, from, to };
  }
  if (maxHops !== undefined) return { kind: "maxHops", hops: maxHops };
  if (mfaOnHumanPaths === undefined) return undefined;
  const attested = readMachines(machines ?? [], [...at, "machines"], scope, reporter);
  return { kind: "mfaOnHumanPaths", attested: mfa ?? "none", machines: attested };
}

function readSubjects(
  text: string,
  at: Path,
  scope: AssertionScope,
  reporter: Reporter,
): Subjects | undefined {
  const { section, key } = /^(?<section>hub|spoke|chain) (?<key>\S+)$/.exec(text)?.groups ?? {};
  if (section !== undefined && key !== undefined) {
    const plural = `${section}s` as "hubs" | "spokes" | "chains";
    // One lookup for all three: their values do not matter here.
    const entries: ReadonlyMap<string, unknown> = scope[plural];
    const found = lookUp(reporter, at, section as "hub" | "spoke" | "chain", key, entries);
    return found !== undefined ? { kind: "entry", path: [plural, key] } : undefined;
  }
  const slash = text.indexOf("/");
  const account = text.slice(0, slash);
  const pattern = globOf(account);
  if ([...scope.accounts.keys()].some((each) => matchesGlob(pattern, each))) {
    return { kind: "pattern", account, name: text.slice(slash + 1) };
  }
  reporter.report(at, {
    rule: "unknown-account",
    message: `no account in the map has the key \`${account}\``,
  });
  return undefined;
}
