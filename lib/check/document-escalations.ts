import { couldEscalate, findEscalations } from "../iam/escalation/escalation";
import type { FoundEscalation } from "../iam/escalation/escalation";
import { escalationWay } from "../iam/escalation/escalation-words";
import type { PolicyDocument } from "../iam/policy-document";
import { policyDocument } from "../iam/policy-document";
import type { RuleFinding } from "../rules/rule-finding";
import { counted } from "../diagnostics/words";

/** A finding about a document that no map uses, and the rule that it is of. */
export interface DocumentEscalation extends RuleFinding {
  readonly rule: FoundEscalation["section"];
}

/** A role of nobody: a document on its own is judged for whoever gets it. */
const ANYONE = { arn: "arn:aws:iam::111111111111:role/zz-holder-zz", region: "us-east-1" };

/** How many ways a message lists. */
const SHOWN = 6;

/**
 * How whoever has a document can gain permissions by it (rules N1 to N4): one finding, under the rule of
 * the first way, at the first statement that gives it.
 *
 * @param now ISO 8601: a condition that ends before it holds no more. @default - not known
 */
export function documentEscalations(
  document: PolicyDocument,
  now?: string,
): readonly DocumentEscalation[] {
  if (!couldEscalate([document])) return [];
  const policies = document.Statement.map((statement, index) => ({
    name: String(index),
    document: policyDocument([statement]),
  }));
  const found = findEscalations({
    ...ANYONE,
    ownPolicyArns: [],
    policies,
    ...(now === undefined ? {} : { now }),
  });
  const [first] = found;
  if (first === undefined) return [];
  const ways = found.slice(0, SHOWN).map(({ actions }) => escalationWay(actions));
  const hidden = found.length - ways.length;
  const more = hidden > 0 ? `; and ${counted(hidden, "more way")}` : "";
  return [
    {
      rule: first.section,
      at: ["Statement", Math.min(...first.sources.map(Number))],
      message: `anyone with this policy can gain permissions that it does not grant: ${ways.join("; ")}${more}`,
      help: "remove these actions, limit their resources, or deny them in a permissions boundary",
    },
  ];
}
