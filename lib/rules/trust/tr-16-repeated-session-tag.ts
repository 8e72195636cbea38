import { listNames } from "../../diagnostics/nearest";
import type { Path } from "../../source/source";
import type { Rule } from "../rule";

export const repeatedSessionTag: Rule = {
  id: "TR-16",
  severity: "info",
  summary: "a session tag that is transitive is not passed again further down",
  why: "A session inherits transitive tags, and STS rejects a call that passes an inherited key again.",
  source: "IAM User Guide, id_session-tags",
  *inPlan({ hops }) {
    const seen = new Set<Path>();
    for (const { caller, edge } of hops) {
      if (edge.from.kind !== "principal" || seen.has(edge.at)) continue;
      const { sessionTags } = edge.from.wayIn.conditions;
      const inherited = caller.session.transitiveTags;
      const repeated = sessionTags.filter(({ key }) => inherited.includes(key));
      const [first] = repeated;
      if (first === undefined) continue;
      seen.add(edge.at);
      yield {
        at: [...edge.at, "sessionTags", first.key],
        atKey: true,
        message: `sessions of \`${caller.name}\` can already have ${listNames(repeated.map(({ key }) => key))} as a transitive tag: STS rejects passing it again`,
        help: "remove it here, or `transitive:` where it is passed first",
      };
    }
  },
};
