import type { Spoke } from "../../account-map/model/account-map";
import { listNames } from "../../diagnostics/nearest";
import { permittedActions } from "./permitted-actions";
import type { Rule } from "../rule";
import type { RuleFinding } from "../rule-finding";
import type { MapContext } from "../rule-context";

/** Tiers as the last word of a spoke's key names them, the lowest first. */
const TIERS: readonly RegExp[] = [
  /-(?:read|reader|readonly|view|viewer)$/,
  /-(?:write|writer|edit|editor)$/,
  /-(?:admin|administrator)$/,
];

/** How many actions a message lists. */
const SHOWN = 6;

export const tierOrder: Rule = {
  id: "NP-05",
  severity: "warning",
  summary:
    "of spokes whose keys end in `-read`, `-write` and `-admin`, the higher allows everything that the lower does",
  why: "People ask for the higher tier when the lower is not enough, and then lack what they had; in a review, a lower tier with more permissions is overlooked.",
  source: "cloudsplaining's policy tiers; the map has no other way to declare tiers",
  *inMap(context) {
    for (const tiers of families(context).values()) {
      const present = tiers.flatMap((spoke) => (spoke === undefined ? [] : [spoke]));
      for (const [index, higher] of present.entries()) {
        const lower = present[index - 1];
        if (lower === undefined || !shareHub(lower, higher)) continue;
        const finding = compare(lower, higher, context);
        if (finding !== undefined) yield finding;
      }
    }
  },
};

/** Spokes whose keys differ in their last word alone, by what they have in common; one for each tier. */
function families({ map }: MapContext): ReadonlyMap<string, (Spoke | undefined)[]> {
  const families = new Map<string, (Spoke | undefined)[]>();
  for (const spoke of map.spokes.values()) {
    const tier = TIERS.findIndex((pattern) => pattern.test(spoke.key));
    if (tier < 0) continue;
    const stem = spoke.key.slice(0, spoke.key.lastIndexOf("-"));
    const family = families.get(stem) ?? TIERS.map(() => undefined);
    family[tier] = spoke;
    families.set(stem, family);
  }
  return families;
}

function shareHub(one: Spoke, other: Spoke): boolean {
  return one.hubs.some((hub) => other.hubs.includes(hub));
}

function compare(lower: Spoke, higher: Spoke, context: MapContext): RuleFinding | undefined {
  const less = permittedActions(lower.permissions, context);
  const more = permittedActions(higher.permissions, context);
  if (less === "unknown" || more === "unknown") return undefined;
  const missing = less.written
    .filter(([, actions]) => actions.some((action) => !more.actions.has(action)))
    .map(([pattern]) => pattern);
  if (missing.length === 0) return undefined;
  return {
    at: [...higher.at, "permissions"],
    atKey: true,
    message: `\`${higher.key}\` lacks what the lower tier \`${lower.key}\` allows: ${listNames(new Set(missing), SHOWN)}`,
    help: `give \`${higher.key}\` the permissions of \`${lower.key}\` too, or key them as what they are`,
    related: { path: [...lower.at, "permissions"], message: "the lower tier" },
  };
}
