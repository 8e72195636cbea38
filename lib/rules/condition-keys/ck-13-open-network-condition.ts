import { evaluateCondition } from "../../iam/condition/evaluate-condition";
import { requestContext } from "../../iam/condition/request-context";
import { conditionLines } from "../../iam/grammar/condition-line";
import type { ConditionBlock } from "../../iam/policy-document";
import type { Rule } from "../rule";
import { placeIn } from "../facts/written-statement";

export const openNetworkCondition: Rule = {
  id: "CK-13",
  severity: "error",
  summary: "an Allow that is meant for some networks does not apply to all others",
  why: "A call has either an address or a VPC: with IfExists a key that is missing counts as fulfilled, and calls without it pass.",
  source: "IAM User Guide, reference_policies_elements_condition_operators (IfExists)",
  *inDocuments(context) {
    for (const written of context.statements) {
      const { Effect, Condition } = written.statement;
      if (Effect !== "Allow" || Condition === undefined) continue;
      const lenient = [...conditionLines({ Condition }, [])].find(
        ({ operator, key }) => operator.ifExists && NETWORK_KEYS.has(key.toLowerCase()),
      );
      const stranger = STRANGERS.find(({ context }) => passes(networkPart(Condition), context));
      if (lenient === undefined || stranger === undefined) continue;
      yield {
        ...placeIn(written, ...lenient.at),
        atKey: true,
        message: `this also allows calls ${stranger.calls}`,
        help: "write one statement for addresses and one for VPCs, without `IfExists`",
      };
    }
  },
};

const NETWORK_KEYS: ReadonlySet<string> = new Set([
  "aws:sourceip",
  "aws:vpcsourceip",
  "aws:sourcevpc",
  "aws:sourcevpce",
]);

/** Calls that nobody means: from a network of someone else, or from none that is known. */
const STRANGERS = [
  {
    calls: "from anywhere on the internet, which have no `aws:SourceVpc`",
    context: requestContext({ "aws:SourceIp": "192.0.2.1" }),
  },
  {
    calls: "through every VPC endpoint, which have no `aws:SourceIp`",
    context: requestContext({
      "aws:VpcSourceIp": "192.0.2.1",
      "aws:SourceVpc": "vpc-stranger",
      "aws:SourceVpce": "vpce-stranger",
    }),
  },
  { calls: "that have neither an address nor a VPC", context: requestContext({}) },
];

function networkPart(block: ConditionBlock): ConditionBlock {
  return Object.fromEntries(
    Object.entries(block).map(([operator, keys]) => [
      operator,
      Object.fromEntries(
        Object.entries(keys).filter(([key]) => NETWORK_KEYS.has(key.toLowerCase())),
      ),
    ]),
  );
}

function passes(block: ConditionBlock, context: ReturnType<typeof requestContext>): boolean {
  return evaluateCondition(block, context, true).outcome === "match";
}
