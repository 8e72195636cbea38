import type { Path } from "../../source/source";
import { valuesOf } from "../../iam/policy-document";
import type { Rule } from "../rule";
import type { RuleFinding } from "../rule-finding";
import type { PlanContext } from "../rule-context";
import { placeOfKey, writtenConditions } from "../facts/written-condition";

export const sourceIdentityKey: Rule = {
  id: "CK-21",
  severity: "warning",
  summary:
    "a source identity is tested as sts:SourceIdentity where it is set, and as aws:SourceIdentity everywhere after",
  why: "sts:SourceIdentity is what this very call sets: an identity that a session brings with it is not in it, and a test of it never matches.",
  source: "IAM User Guide, id_credentials_temp_control-access_monitor",
  *inDocuments(context) {
    for (const condition of writtenConditions(
      context.statements,
      (key) => key === "sts:sourceidentity",
    )) {
      const { Action } = condition.written.statement;
      if (Action !== undefined && valuesOf(Action).some((action) => /^sts:/i.test(action)))
        continue;
      yield {
        ...placeOfKey(condition),
        message:
          "STS calls that set one have `sts:SourceIdentity`; other calls have the value set as `aws:SourceIdentity`",
        help: "write `aws:SourceIdentity`",
      };
    }
  },
  *inPlan(context) {
    yield* askedTwice(context);
  },
};

/** Principals that require roles in this map to set an identity that their sessions have already. */
function* askedTwice(context: PlanContext): Generator<RuleFinding> {
  const seen = new Set<Path>();
  for (const [caller, hops] of context.hopsByCaller) {
    if (!caller.session.sourceIdentity) continue;
    for (const { edge } of hops) {
      if (edge.from.kind !== "principal" || seen.has(edge.at)) continue;
      if (edge.from.wayIn.conditions.sourceIdentity?.required !== true) continue;
      seen.add(edge.at);
      yield {
        at: [...edge.at, "sourceIdentity"],
        atKey: true,
        message: `sessions of \`${caller.name}\` have a source identity already and cannot set another, so this is never met`,
        help: "remove `sourceIdentity:` here; the first value set stays",
      };
    }
  }
}
