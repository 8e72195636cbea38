import type { PolicyKind } from "../../../lib/iam/grammar/policy-kind";
import { checkPolicyGrammar } from "../../../lib/iam/policy-grammar";
import { readPolicySource } from "../../../lib/iam/policy-source";

/** Findings about a document of one statement, as `severity rule: message => help`. */
export function findingsOf(statement: object, kind: PolicyKind = "identity"): string[] {
  const text = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  const { source, diagnostics } = readPolicySource("x.json", text);
  if (source === undefined) throw new Error("the text was refused");
  return [...diagnostics, ...checkPolicyGrammar(source, kind)].map(
    ({ severity, rule, message, help }) =>
      `${severity} ${rule}: ${message}${help === undefined ? "" : ` => ${help}`}`,
  );
}
