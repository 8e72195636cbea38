import { LIMITS } from "../iam/limits";
import type { Rule } from "./rule";

export const tagCount: Rule = {
  id: "ID-29",
  severity: "error",
  summary: "a role has at most 50 tags",
  why: "IAM refuses the role.",
  source: "IAM API Reference, CreateRole",
  refused: true,
  *check({ plan, map }) {
    for (const { roles } of plan.accounts) {
      for (const role of roles) {
        const count = Object.keys({ ...map.tags, ...role.tags }).length;
        if (count <= LIMITS.tagsPerRole) continue;
        yield {
          at: role.at,
          atKey: true,
          message: `\`${role.name}\` has ${count} tags, at most ${LIMITS.tagsPerRole} are possible`,
        };
      }
    }
  },
};
