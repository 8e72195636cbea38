import { listNames } from "../diagnostics/nearest";
import type { Rule } from "./rule";

export const requiredTags: Rule = {
  id: "required-tags",
  severity: "error",
  summary: "every role carries the tags that the map requires",
  why: "Roles without an owner are nobody's to answer for.",
  source: "the map's own requiredTags",
  *check({ plan, map }) {
    for (const { roles } of plan.accounts) {
      for (const role of roles) {
        const carried = { ...map.tags, ...role.tags };
        const missing = map.requiredTags.filter((key) => carried[key] === undefined);
        if (missing.length === 0) continue;
        yield {
          at: role.at,
          atKey: true,
          message: `\`${role.name}\` lacks the required ${missing.length === 1 ? "tag" : "tags"} ${listNames(missing)}`,
          help: "add it under `tags:` here, or for everything under the map's own `tags:`",
        };
      }
    }
  },
};
