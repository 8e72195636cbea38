import { sortDiagnostics } from "../diagnostics/diagnostic";
import type { Diagnostic } from "../diagnostics/diagnostic";
import { actionNames } from "./grammar/action-names";
import { addressValues } from "./grammar/address-values";
import { appliesToNothing } from "./grammar/applies-to-nothing";
import { conditionOperators } from "./grammar/condition-operators";
import { conditionValues } from "./grammar/condition-values";
import { controlPolicySize } from "./grammar/control-policy-size";
import { dateValues } from "./grammar/date-values";
import { documentElements, sids, someStatement, version } from "./grammar/document-elements";
import { emptyElements } from "./grammar/empty-elements";
import { everybody } from "./grammar/everybody";
import type { DocumentRule, GrammarFinding, StatementRule } from "./grammar/finding";
import { identifierValues } from "./grammar/identifier-values";
import type { PolicyKind } from "./grammar/policy-kind";
import { isAboutOthers } from "./grammar/other-services";
import { principals } from "./grammar/principals";
import { resourceControl } from "./grammar/resource-control";
import { resourceOfAction } from "./grammar/resource-of-action";
import { resources } from "./grammar/resources";
import { setOperators } from "./grammar/set-operators";
import { effect, statementElements } from "./grammar/statement-elements";
import { trustActions } from "./grammar/trust-actions";
import { variables } from "./grammar/variables";
import type { PolicySource } from "./policy-shape";
import { findingAt } from "../source/finding";

const DOCUMENT_RULES: readonly DocumentRule[] = [
  version,
  documentElements,
  someStatement,
  sids,
  controlPolicySize,
];

const STATEMENT_RULES: readonly StatementRule[] = [
  statementElements,
  effect,
  emptyElements,
  appliesToNothing,
  principals,
  everybody,
  actionNames,
  trustActions,
  resourceControl,
  resources,
  resourceOfAction,
  conditionOperators,
  setOperators,
  conditionValues,
  dateValues,
  addressValues,
  identifierValues,
  variables,
];

/**
 * Checks a document against IAM's grammar for its kind: section B of the rules but for what depends on
 * an account or on other documents. A document without errors is a `PolicyDocument`; it is safe to give
 * to everything that takes one. In statements of control policies about other services, faults are
 * warnings: the policies are made elsewhere. Parameters such as `{{account.id}}` can be in values; what they make
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
    const found = STATEMENT_RULES.flatMap((rule) => [...rule(statement, at, kind)]);
    findings.push(...(isAboutOthers(statement, kind) ? found.map(asWarning) : found));
  }
  return sortDiagnostics(findings.map(({ at, ...finding }) => findingAt(source, at, finding)));
}

/** What AWS has stored is not refused for what no request for a role meets. */
function asWarning(finding: GrammarFinding): GrammarFinding {
  return { ...finding, severity: "warning" };
}
