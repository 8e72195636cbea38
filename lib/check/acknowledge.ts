import type { FindingId } from "../diagnostics/findings/finding-id";
import type { Acknowledgement } from "../account-map/model/acknowledgement";
import type { Path } from "../source/source";
import type { Rule } from "../rules/rule";
import type { RuleFinding } from "../rules/rule-finding";

/** A finding of a rule, and the acknowledgement that covers it. */
export interface JudgedFinding {
  readonly rule: Rule;
  readonly finding: RuleFinding;
  /** @default - nobody accepted it */
  readonly accepted?: Acknowledgement;
}

/** What came of the acknowledgements of a map. */
export interface Judgement {
  readonly findings: readonly JudgedFinding[];
  /** Acknowledgements that no longer count or never did, and why. */
  readonly problems: readonly {
    readonly at: Path;
    readonly rule: FindingId;
    readonly message: string;
    readonly help: string;
  }[];
}

/**
 * Matches findings with the acknowledgements of the map. One counts per rule and place, only until its
 * end, and never for what AWS or Terraform would refuse.
 */
export function acknowledge(
  found: readonly { readonly rule: Rule; readonly finding: RuleFinding }[],
  acknowledgements: readonly Acknowledgement[],
  now: string | undefined,
): Judgement {
  const used = new Set<Acknowledgement>();
  const problems: Judgement["problems"][number][] = [];
  const findings = found.map((each): JudgedFinding => {
    const match = acknowledgements.find(
      ({ rule, place }) => rule === each.rule.id && isWithin(placeOf(each.finding), place),
    );
    if (match === undefined) return each;
    used.add(match);
    if (each.rule.refused === true) {
      problems.push({
        at: [...match.at, "rule"],
        rule: "acknowledgement",
        message: `a finding of \`${match.rule}\` cannot be accepted: AWS or Terraform would reject the result`,
        help: "remove the acknowledgement and fix the cause",
      });
      return each;
    }
    return hasEnded(match, now) ? each : { ...each, accepted: match };
  });
  for (const acknowledgement of acknowledgements) {
    const { at, rule, until = "" } = acknowledgement;
    if (!used.has(acknowledgement)) {
      problems.push({
        at,
        rule: "acknowledgement",
        message: `no \`${rule}\` finding at \`${acknowledgement.place.join(".")}\` to accept`,
        help: "remove the acknowledgement",
      });
    } else if (hasEnded(acknowledgement, now)) {
      problems.push({
        at: [...at, "until"],
        rule: "acknowledgement",
        message: `the acknowledgement of \`${rule}\` ended at ${until}`,
        help: "fix the cause, or review it and set a later end",
      });
    }
  }
  return { findings, problems };
}

/** The entry of `acknowledgements` that accepts a finding, as YAML to paste. */
export function acceptanceOf(rule: Rule, finding: RuleFinding): string {
  const at = placeOf(finding).join(".");
  return [
    "acknowledgements:",
    `  - rule: ${rule.id}`,
    `    at: ${/^[\w.-]+$/.test(at) ? at : JSON.stringify(at)}`,
    "    reason: why this is wanted",
  ].join("\n");
}

function placeOf({ at, document }: RuleFinding): readonly string[] {
  return document === undefined ? at.map(String) : ["policies", document, ...at.map(String)];
}

function isWithin(place: readonly string[], container: readonly string[]): boolean {
  return container.every((key, index) => place[index] === key);
}

/** ISO moments in UTC sort as text. */
function hasEnded({ until }: Acknowledgement, now: string | undefined): boolean {
  return until !== undefined && now !== undefined && until <= now;
}
