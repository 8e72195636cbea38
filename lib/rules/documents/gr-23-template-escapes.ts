import { stringsOf } from "../terraform/json-walk";
import type { TerraformFinding, TerraformRule } from "../terraform/terraform-rule";

export const templateEscapes: TerraformRule = {
  id: "GR-23",
  severity: "error",
  summary: "`${` and `%{` that are meant for IAM are escaped for Terraform, and once only",
  why: "Every string of Terraform is a template: a policy variable that is not escaped fails the plan, one that is escaped twice arrives in IAM as another text.",
  source: "Terraform language, strings and templates; hashicorp/terraform#8312",
  *check(stacks) {
    for (const { file, text, value } of stacks) {
      // The text as a whole shows whether its strings are worth looking at, unless characters are escaped in it.
      if (!text.includes("\\u00") && problemsOf(text).next().done === true) continue;
      for (const { text: string, path } of stringsOf(value)) {
        for (const problem of problemsOf(string)) yield { file, at: path(), ...problem };
      }
    }
  },
};

type Problem = Pick<TerraformFinding, "part" | "message" | "help">;

// What stands between the braces of a policy variable and in no expression of Terraform: a key with its
// service, or one of the three characters that IAM escapes so.
const SEQUENCE = /(?<marks>\$+|%+|&)\{(?<inside>[^{}]{0,200}\}?)/g;
const POLICY_VARIABLE = /^(?:[A-Za-z0-9_.-]+:(?!:)|[*?$]\})/;
const DIRECTIVE = /^~?\s*(?:if|for|else|endif|endfor)\b/;

function* problemsOf(text: string): Generator<Problem> {
  for (const { 0: part, groups } of text.matchAll(SEQUENCE)) {
    const { marks = "", inside = "" } = groups ?? {};
    const mark = marks.charAt(0);
    const meant = mark === "%" ? !DIRECTIVE.test(inside) : POLICY_VARIABLE.test(inside);
    if (!meant || marks.length === (mark === "&" ? 0 : 2)) continue;
    const escaped = mark === "%" ? `%%{${inside}` : `$\${${inside}`;
    yield { part, message: messageOf(part, marks), help: `write \`${escaped}\`` };
  }
}

function messageOf(part: string, marks: string): string {
  const found = `\`${part}\``;
  if (marks === "&") {
    return `${found} is a policy variable only in an \`aws_iam_policy_document\`; here it stays as written`;
  }
  return marks.length === 1
    ? `${found} is a template for Terraform, which cannot evaluate it`
    : `${found} is escaped more than once: IAM gets a \`${marks.charAt(0)}\` too many`;
}
