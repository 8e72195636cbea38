import type { Account } from "../model/account-map";
import type { RawReview, RawReviewRule } from "./raw-account-map";
import { lookUp, sortedEntries } from "./reading";
import type { Reporter } from "../../source/reporter";
import type { ReviewOutcome, ReviewPlace, ReviewRule, ReviewTrigger } from "../model/review-rule";
import { checkPatterns } from "./read-selection";
import type { Path } from "../../source/source";

/** Reads the rules of the review, sorted by name. */
export function readReview(
  raw: RawReview | undefined,
  accounts: ReadonlyMap<string, Account>,
  reporter: Reporter,
): readonly ReviewRule[] {
  return sortedEntries(raw?.rules).flatMap(([name, rule]): ReviewRule[] => {
    const at: Path = ["review", "rules", name];
    const outcome = readOutcome(rule, at, reporter);
    const places = (key: "in" | "except"): ReviewPlace[] =>
      readPlaces(rule[key] ?? [], [...at, key], accounts, reporter);
    const inside = places("in");
    const except = places("except");
    if (outcome === undefined) return [];
    reportUnmergeable(rule, outcome, at, reporter);
    return [
      {
        name,
        on: rule.on,
        ...(rule.in === undefined ? {} : { in: inside }),
        except,
        outcome,
        ...(rule.reason === undefined ? {} : { reason: rule.reason }),
        at,
      },
    ];
  });
}

const OUTCOMES = ["block", "approval", "merge"] as const;

function readOutcome(
  { block, approval, merge }: RawReviewRule,
  at: Path,
  reporter: Reporter,
): ReviewOutcome | undefined {
  const given = { block, approval, merge };
  const [first, second] = OUTCOMES.filter((key) => given[key] !== undefined);
  if (first === undefined || second !== undefined) {
    reporter.report(first === undefined ? at : [...at, second ?? first], {
      rule: "review-rule",
      atKey: true,
      message:
        first === undefined
          ? "this rule has no outcome"
          : `a rule has one outcome, and this one has \`${first}\` and \`${String(second)}\``,
      help: "write one of `block: true`, `approval: [team]` and `merge: true`",
    });
    return undefined;
  }
  if (approval !== undefined) return { kind: "approval", teams: [...approval].sort() };
  return { kind: first === "block" ? "block" : "merge" };
}

/** What no rule may wave through: it would switch the review off. */
const NEVER_MERGED: ReadonlySet<ReviewTrigger> = new Set([
  "safeguard-changed",
  "broken-assertion",
  "pipeline-locked-out",
  "unknown",
]);

function reportUnmergeable(
  { on }: RawReviewRule,
  outcome: ReviewOutcome,
  at: Path,
  reporter: Reporter,
): void {
  if (outcome.kind !== "merge") return;
  for (const [index, trigger] of on.entries()) {
    if (!NEVER_MERGED.has(trigger)) continue;
    reporter.report([...at, "on", index], {
      rule: "review-rule",
      message: `\`${trigger}\` cannot merge by itself: that would disable the review`,
      help: "remove it, or let a team approve it with `approval: [team]`",
    });
  }
}

function readPlaces(
  places: readonly string[],
  at: Path,
  accounts: ReadonlyMap<string, Account>,
  reporter: Reporter,
): ReviewPlace[] {
  const units = places.filter((place) => place.startsWith("/"));
  if (units.length > 0) checkPatterns(places.map(asPattern), at, reporter);
  return places.flatMap((place, index): ReviewPlace[] => {
    if (place.startsWith("/")) return [{ kind: "unit", pattern: place }];
    const account = lookUp(reporter, [...at, index], "account", place, accounts);
    return account === undefined ? [] : [{ kind: "account", key: account.key }];
  });
}

/** An account key instead of a pattern, which is always right. */
function asPattern(place: string): string {
  return place.startsWith("/") ? place : "/";
}
