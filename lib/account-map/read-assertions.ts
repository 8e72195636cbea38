import { globOf, matchesGlob } from "../iam/condition/glob";
import type { Assertion, AssertionKind, Subjects } from "./assertion";
import { lookUp } from "./reading";
import type { Reporter } from "./reporter";
import type { Path } from "./yaml-source";

/** An assertion as the map writes it; the schema has seen to its form. */
export interface RawAssertion {
  readonly never?: RawSides;
  readonly only?: RawSides;
  readonly maxHops?: number;
  readonly mfaOnHumanPaths?: true;
  readonly mfa?: "idp";
}

interface RawSides {
  readonly from: string;
  readonly to: string;
}

/** What assertions can be about: keys of the map by section. */
export type AssertionScope = Readonly<
  Record<"accounts" | "hubs" | "spokes" | "chains", ReadonlyMap<string, unknown>>
>;

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

function saysOneThing(assertion: RawAssertion, at: Path, reporter: Reporter): boolean {
  const [first, second] = Object.keys(assertion).filter((key) => key !== "mfa");
  if (first === undefined || (assertion.mfa !== undefined && first !== "mfaOnHumanPaths")) {
    reporter.report([...at, "mfa"], {
      rule: "assertion",
      atKey: true,
      message: "`mfa` says nothing without `mfaOnHumanPaths: true` beside it",
    });
    return false;
  }
  if (second === undefined) return true;
  reporter.report([...at, second], {
    rule: "assertion",
    atKey: true,
    message: `an assertion says one thing, and this one says \`${first}\` and \`${second}\``,
    help: "write an entry of its own for each",
  });
  return false;
}

function readKind(
  { never, only, maxHops, mfaOnHumanPaths, mfa }: RawAssertion,
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
  return mfaOnHumanPaths === undefined
    ? undefined
    : { kind: "mfaOnHumanPaths", attested: mfa ?? "none" };
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
    const found =
      section === "chain"
        ? lookUpChain(key, at, scope, reporter)
        : lookUp(reporter, at, section === "hub" ? "hub" : "spoke", key, scope[plural]) !==
          undefined;
    return found ? { kind: "entry", path: [plural, key] } : undefined;
  }
  const slash = text.indexOf("/");
  const account = text.slice(0, slash);
  const pattern = globOf(account);
  if ([...scope.accounts.keys()].some((each) => matchesGlob(pattern, each))) {
    return { kind: "pattern", account, name: text.slice(slash + 1) };
  }
  reporter.report(at, {
    rule: "unknown-account",
    message: `no account of the map is called \`${account}\``,
  });
  return undefined;
}

function lookUpChain(
  key: string,
  at: Path,
  { chains }: AssertionScope,
  reporter: Reporter,
): boolean {
  if (chains.has(key)) return true;
  reporter.report(at, { rule: "unknown-chain", message: `there is no chain \`${key}\`` });
  return false;
}
