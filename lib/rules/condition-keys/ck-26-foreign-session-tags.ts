import { listNames } from "../../diagnostics/nearest";
import type { Rule } from "../rule";

export const foreignSessionTags: Rule = {
  id: "CK-26",
  severity: "warning",
  summary: "an external account can pass only session tags with declared values",
  why: "Session tags become aws:PrincipalTag, and the caller chooses them: with any value, an external caller chooses what tag-based policies let them do.",
  source: "IAM User Guide, id_session-tags",
  *inMap(context) {
    for (const { wayIn } of context.entrancesOf("foreignAccount")) {
      const open = wayIn.conditions.sessionTags.filter(
        ({ values }) => values.length === 0 || values.some((value) => /^[*?]*$/.test(value)),
      );
      const [first] = open;
      if (first === undefined) continue;
      yield {
        at: [...wayIn.at, "sessionTags", first.key],
        atKey: true,
        message: `${wayIn.principal.accountId} can give its sessions any value of the ${open.length === 1 ? "tag" : "tags"} ${listNames(open.map(({ key }) => key))}`,
        help: "add `values:` with those that it can pass",
      };
    }
  },
};
