import type { ComparisonResult } from "../../../../../lib/review/compare/direction";
import type { AccessChange } from "../../../../../lib/review/kinds/kinds";

const WIDENINGS: Readonly<Record<ComparisonResult, ComparisonResult>> = {
  widened: "narrowed",
  narrowed: "widened",
  changed: "changed",
  equivalent: "equivalent",
  unknown: "unknown",
};

/** Fields that stand for the two sides. */
const SIDES: readonly (readonly [string, string])[] = [
  ["gained", "lost"],
  ["attached", "detached"],
  ["before", "after"],
  ["added", "removed"],
  ["openBefore", "openAfter"],
];

/**
 * What must be said when base and head are exchanged, as sorted texts. Left out is what is about one side by
 * its nature: quotas and assertions of head, who loses a role that is replaced, and which request shows a
 * change of permissions.
 */
export function swappedTexts(changes: readonly AccessChange[]): readonly string[] {
  return texts(changes, true);
}

/** The same, as it stands. */
export function plainTexts(changes: readonly AccessChange[]): readonly string[] {
  return texts(changes, false);
}

function texts(changes: readonly AccessChange[], swap: boolean): readonly string[] {
  return changes
    .filter(({ kind }) => kind !== "quota" && kind !== "assertion")
    .map((change) => {
      const {
        trustedByArn: _,
        interrupted: _interrupted,
        witness: _witness,
        ...fields
      } = change as AccessChange & Readonly<Record<string, unknown>>;
      const entries = Object.entries(swap ? exchanged(fields) : fields);
      return JSON.stringify(
        entries.filter(([, value]) => value !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)),
      );
    })
    .sort();
}

function exchanged(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const whole: Record<string, unknown> = { ...fields };
  for (const [one, other] of SIDES) {
    whole[one] = fields[other];
    whole[other] = fields[one];
  }
  if (fields.direction === "gained") whole.direction = "lost";
  if (fields.direction === "lost") whole.direction = "gained";
  if (typeof fields.change === "string")
    whole.change = WIDENINGS[fields.change as ComparisonResult];
  return whole;
}
