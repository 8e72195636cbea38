import type { Path } from "../../source/source";
import { conditionLines } from "../../iam/grammar/condition-line";
import type { Rule } from "../rule";
import { resourceTexts } from "../facts/statement-text";
import { placeIn } from "../facts/written-statement";
import type { WrittenStatement } from "../facts/written-statement";

export const userNameVariable: Rule = {
  id: "CK-20",
  severity: "warning",
  summary: "the policy of a role does not build on the name of an IAM user",
  why: "Only IAM users have aws:username: in a role session it is missing, and what is built from it matches nothing.",
  source: "IAM User Guide, reference_policies_variables",
  *inDocuments(context) {
    for (const written of context.statements) {
      const path = firstUse(written);
      if (path === undefined) continue;
      yield {
        ...placeIn(written, ...path),
        message: "sessions of roles have no `aws:username`: what is built from it never matches",
        help: "use `${aws:PrincipalTag/...}` with a session tag, or `${aws:SourceIdentity}`",
      };
    }
  },
};

// With a default behind a comma the variable always has a value.
const VARIABLE = /\$\{\s*aws:username\s*\}/i;

function firstUse({ statement }: WrittenStatement): Path | undefined {
  const resource = resourceTexts(statement).find(({ text }) => VARIABLE.test(text));
  const { Condition } = statement;
  if (resource !== undefined) return resource.path;
  if (Condition === undefined) return undefined;
  return [...conditionLines({ Condition }, [])].find(
    ({ key, values }) =>
      key.toLowerCase() === "aws:username" || values.some((value) => VARIABLE.test(value)),
  )?.at;
}
