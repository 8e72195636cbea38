import { listNames } from "../diagnostics/nearest";
import { entrancesOf } from "./entrance";
import type { Rule } from "./rule";

export const foreignSessionTags: Rule = {
  id: "CK-26",
  severity: "warning",
  summary: "a foreign account passes only session tags with values that are declared",
  why: "The tags of a session become aws:PrincipalTag, and who calls chooses them: with any value, a stranger chooses what policies by tag let him do.",
  source: "IAM User Guide, id_session-tags",
  *check({ map }) {
    for (const { wayIn } of entrancesOf(map, "foreignAccount")) {
      const open = wayIn.conditions.sessionTags.filter(
        ({ values }) => values.length === 0 || values.some((value) => /^[*?]*$/.test(value)),
      );
      const [first] = open;
      if (first === undefined) continue;
      yield {
        at: [...wayIn.at, "sessionTags", first.key],
        atKey: true,
        message: `${wayIn.principal.accountId} may give its sessions any value of the ${open.length === 1 ? "tag" : "tags"} ${listNames(open.map(({ key }) => key))}`,
        help: "add `values:` with those that it may pass",
      };
    }
  },
};
