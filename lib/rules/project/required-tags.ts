import { listNames } from "../../diagnostics/nearest";
import type { Rule } from "../rule";

export const requiredTags: Rule = {
  id: "required-tags",
  severity: "error",
  summary: "every role has the tags that the map requires",
  why: "Nobody is responsible for a role without an owner.",
  source: "the map's own requiredTags",
  *inMap({ map, entries }) {
    for (const { settings } of entries) {
      const carried = { ...map.tags, ...settings.tags };
      const missing = map.requiredTags.filter((key) => carried[key] === undefined);
      if (missing.length === 0) continue;
      const [word, it] = missing.length === 1 ? ["tag", "it"] : ["tags", "them"];
      yield {
        at: settings.at,
        atKey: true,
        message: `\`${settings.roleName}\` lacks the required ${word} ${listNames(missing)}`,
        help: `add ${it} under \`tags:\` here, or for everything under the map's own \`tags:\``,
      };
    }
  },
};
