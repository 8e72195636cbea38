import { LIMITS } from "../../iam/limits";
import type { Rule } from "../rule";

export const roleTags: Rule = {
  id: "ID-29",
  severity: "error",
  summary: "a role has at most 50 tags, and no two keys that differ only by case",
  why: "IAM rejects the role.",
  source: "IAM API Reference, CreateRole and Tag",
  refused: true,
  *inMap({ map, entries }) {
    const common = new Map(Object.keys(map.tags).map((key) => [key.toLowerCase(), key]));
    for (const { settings } of entries) {
      const { tags, roleName, at } = settings;
      const count = Object.keys({ ...map.tags, ...tags }).length;
      if (count > LIMITS.tagsPerRole) {
        yield {
          at: [...at, "tags"],
          atKey: true,
          message: `\`${roleName}\` has ${count} tags with the map's own; the limit is ${LIMITS.tagsPerRole}`,
          help: "remove tags here or under the map's own `tags:`",
        };
      }
      for (const key of Object.keys(tags)) {
        const twin = common.get(key.toLowerCase());
        if (twin === undefined || twin === key) continue;
        yield {
          at: [...at, "tags", key],
          atKey: true,
          message: `the tag key \`${key}\` differs only by case from the map's own tag \`${twin}\`; IAM ignores case`,
          help: `write \`${twin}\` to give this role another value`,
          related: { path: ["tags", twin], message: "the tag of everything" },
        };
      }
    }
  },
};
