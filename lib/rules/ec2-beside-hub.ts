import type { Path } from "../account-map/yaml-source";
import type { Rule } from "./rule";

export const ec2BesideHub: Rule = {
  id: "EC-04",
  severity: "warning",
  summary: "a role that other roles enter is not carried by instances as well",
  why: "Whoever may launch an instance with the profile then has the role without going through the others, past everything that they ask for.",
  source: "the trust of both ways in",
  *check({ plan }) {
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
        message: `\`${to.name}\` is entered by \`${caller}\`, and every instance with its profile has it without that`,
        help: "give the instances a role of their own that assumes this one",
        acceptable: true,
      };
    }
  },
};
