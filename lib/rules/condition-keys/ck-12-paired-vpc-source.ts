import type { Rule } from "../rule";
import { placeOfKey, writtenConditions } from "../facts/written-condition";

export const pairedVpcSource: Rule = {
  id: "CK-12",
  severity: "error",
  summary: "a condition on an address inside a VPC also tests the VPC or its endpoint",
  why: "Private addresses are the same in every VPC: anyone with their own VPC can call from the address.",
  source: "IAM Access Analyzer, Missing paired condition keys",
  *inDocuments(context) {
    for (const condition of writtenConditions(
      context.statements,
      (key) => key === "aws:vpcsourceip",
    )) {
      const blocks = Object.values(condition.written.statement.Condition ?? {});
      const keys = blocks.flatMap((block) => Object.keys(block).map((key) => key.toLowerCase()));
      if (keys.some((key) => key === "aws:sourcevpc" || key === "aws:sourcevpce")) continue;
      yield {
        ...placeOfKey(condition),
        message:
          "the address is one inside a VPC, but the statement does not say which: every VPC has such addresses",
        help: "add a condition on `aws:SourceVpc` or `aws:SourceVpce` to the statement",
      };
    }
  },
};
