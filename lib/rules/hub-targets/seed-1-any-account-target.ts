import { evaluateKey } from "../../iam/condition/evaluate-condition";
import { evaluateAction } from "../../iam/condition/evaluate-statement";
import { requestContext } from "../../iam/condition/request-context";
import { conditionLines } from "../../iam/grammar/condition-line";
import { valuesOf } from "../../iam/policy-document";
import type { Rule } from "../rule";
import { resourceTexts } from "../facts/statement-text";
import { placeIn } from "../facts/written-statement";
import type { WrittenStatement } from "../facts/written-statement";

export const anyAccountTarget: Rule = {
  id: "SEED-1",
  severity: "error",
  summary:
    "a permission to assume roles in any account is limited to the target's organization or account",
  why: "Anyone can create a role of that name in their own account that trusts the caller: what runs with it then reads and writes in an unknown account. aws:PrincipalOrgID does not help: it is the caller's organization.",
  source: "IAM User Guide, reference_policies_condition-keys (aws:ResourceOrgID)",
  *inDocuments(context) {
    for (const written of context.statements) {
      if (!written.grants || !allowsAssuming(written) || bindsTarget(written)) continue;
      const { NotResource } = written.statement;
      if (valuesOf(NotResource).includes("*")) continue; // it applies to nothing: rule GR-29
      const texts = NotResource === undefined ? resourceTexts(written.statement) : [];
      const { text: open, path = ["NotResource"] } =
        texts.find(({ text }) => ANY_ACCOUNT.test(text)) ?? {};
      if (NotResource === undefined && open === undefined) continue;
      // Every role of every account is a way to gain permissions: rules N1, NP-03 and NP-04.
      const everything = open === undefined || EVERY_ROLE.test(open);
      if (everything && written.holders.length > 0) continue;
      yield {
        ...placeIn(written, ...path),
        message: `${open === undefined ? "everything but some roles" : `\`${open}\``} matches a role in every AWS account: the caller can assume any of them that trusts it`,
        help: "declare the access in the map, which lists the exact roles; or name the accounts, or add `aws:ResourceOrgID`",
      };
    }
  },
};

const ANY_ACCOUNT = /^(?:\*$|arn:[^:]*:(?:iam|\*):[^:]*:[^:]*[*?])/;
const EVERY_ROLE = /^(?:\*|.*:(?:role\/)?\*+)$/;

function allowsAssuming({ statement }: WrittenStatement): boolean {
  if (statement.Effect !== "Allow") return false;
  return evaluateAction(statement, "sts:AssumeRole").outcome === "match";
}

/** Targets whom nobody means: in an account of no organization, and in one of another. */
const STRANGERS = [
  requestContext({ "aws:ResourceAccount": "000000000000" }),
  requestContext({
    "aws:ResourceAccount": "000000000000",
    "aws:ResourceOrgID": "o-stranger00",
    "aws:ResourceOrgPaths": "o-stranger00/r-strg/",
  }),
];
const TARGET_KEYS = /^aws:(?:resourceaccount|resourceorgid|resourceorgpaths)$/i;

function bindsTarget({ statement: { Condition } }: WrittenStatement): boolean {
  if (Condition === undefined) return false;
  const lines = [...conditionLines({ Condition }, [])].filter(({ key }) => TARGET_KEYS.test(key));
  return STRANGERS.every((context) =>
    lines.some(
      ({ operator, key, values }) =>
        evaluateKey(operator, key, values, context, true).outcome !== "match",
    ),
  );
}
