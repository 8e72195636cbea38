import type { Path } from "../../source/source";
import type { Rule } from "../rule";

export const ec2BesideHub: Rule = {
  id: "EC-04",
  severity: "warning",
  summary: "a role that other roles assume is not also in an instance profile",
  why: "Anyone who can launch an instance with the profile then has the role without assuming the others, and bypasses everything that they require.",
  source: "the trust policy of both",
  *inPlan({ plan }) {
    const entered = new Map<Path, string>();
    for (const { from, to } of plan.edges) {
      if (from.kind === "role" && !entered.has(to.at)) entered.set(to.at, from.role.name);
    }
    const seen = new Set<Path>();
    for (const { from, to } of plan.edges) {
      if (from.kind !== "principal" || from.wayIn.principal.kind !== "instanceProfile") continue;
      const caller = entered.get(to.at);
      if (caller === undefined || seen.has(from.wayIn.at)) continue;
      seen.add(from.wayIn.at);
      yield {
        at: [...from.wayIn.at, "instanceProfile"],
        atKey: true,
        message: `\`${to.name}\` is assumed by \`${caller}\`, and every instance with its profile has it without that`,
        help: "give the instances their own role that assumes this one",
        acceptable: true,
      };
    }
  },
};
