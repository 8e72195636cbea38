import { sortDiagnostics } from "../diagnostics/diagnostic";
import type { Diagnostic } from "../diagnostics/diagnostic";
import { actionNames } from "./grammar/action-names";
import { addressValues } from "./grammar/address-values";
import { conditionOperators } from "./grammar/condition-operators";
import { conditionValues } from "./grammar/condition-values";
import { dateValues } from "./grammar/date-values";
import { documentElements, sids, someStatement, version } from "./grammar/document-elements";
import { emptyElements } from "./grammar/empty-elements";
import { everybody } from "./grammar/everybody";
import type { DocumentRule, GrammarFinding, StatementRule } from "./grammar/finding";
import type { PolicyKind } from "./grammar/policy-kind";
import { principals } from "./grammar/principals";
import { resourceControl } from "./grammar/resource-control";
import { resources } from "./grammar/resources";
import { setOperators } from "./grammar/set-operators";
import { effect, statementElements } from "./grammar/statement-elements";
import { trustActions } from "./grammar/trust-actions";
import { variables } from "./grammar/variables";
import type { PolicySource } from "./policy-shape";

const DOCUMENT_RULES: readonly DocumentRule[] = [version, documentElements, someStatement, sids];

const STATEMENT_RULES: readonly StatementRule[] = [
  statementElements,
  effect,
  emptyElements,
  principals,
  everybody,
  actionNames,
  trustActions,
  resourceControl,
  resources,
  conditionOperators,
  setOperators,
  conditionValues,
  dateValues,
  addressValues,
  variables,
];

/**
 * Checks a document against IAM's grammar for its kind: section B of the rules but for what depends on
 * an account or on other documents. A document without errors is a `PolicyDocument`; it is safe to give
 * to everything that takes one. Parameters such as `{{account.id}}` can be in values; what they make
 * of a value is checked when they are filled in.
 *
 * @returns findings in the order of the file
 */
export function checkPolicyGrammar(source: PolicySource, kind: PolicyKind): Diagnostic[] {
  const { document } = source;
  const findings = DOCUMENT_RULES.flatMap((rule) => [...rule(document, kind)]);
  for (const [index, statement] of (document.Statement ?? []).entries()) {
    if (statement === null) continue; // of wrong types, which is reported where it is read
    const at = ["Statement", index];
    for (const rule of STATEMENT_RULES) findings.push(...rule(statement, at, kind));
  }
  return sortDiagnostics(findings.map((finding) => diagnosticOf(finding, source)));
}

function diagnosticOf(finding: GrammarFinding, source: PolicySource): Diagnostic {
  const { rule, at, message, help, severity = "error", atKey = false, related } = finding;
  const { file } = source;
  const place = related && {
    file,
    span: source.locate(related.at),
    message: related.message,
  };
  return {
    severity,
    rule,
    file,
    span: atKey ? source.locateKey(at) : source.locate(at),
    message,
    ...(help === undefined ? {} : { help }),
    ...(place === undefined ? {} : { related: [place] }),
  };
}
