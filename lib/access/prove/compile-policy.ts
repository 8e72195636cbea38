import { hasVariables } from "../../iam/condition/evaluate-policy";
import { evaluateAction, malformation } from "../../iam/condition/evaluate-statement";
import type { PolicyDocument, Statement } from "../../iam/policy-document";
import { compileCondition } from "./compile-condition";
import { compileNotPrincipal, compilePrincipal } from "./compile-principal";
import { FALSE, TRUE, and, not, opaque, or } from "./formula";
import type { Formula } from "./formula";
import type { RequestSpace } from "./request-space";

/** When the statements of a trust policy apply, in the requests of a scenario. */
export interface CompiledPolicy {
  readonly allows: readonly Formula[];
  readonly denies: readonly Formula[];
}

/** Compiles a trust policy; statements that apply to no request of the scenario are left out. */
export function compileTrustPolicy(document: PolicyDocument, space: RequestSpace): CompiledPolicy {
  const applying = (effect: Statement["Effect"]): Formula[] =>
    document.Statement.filter((statement) => statement.Effect === effect)
      .map((statement) => compileStatement(statement, space, hasVariables(document)))
      .filter((formula) => formula !== FALSE);
  return { allows: applying("Allow"), denies: applying("Deny") };
}

/**
 * When one policy lets in and the other does not: in any of these cases, which are apart so that none is
 * searched under what others leave. Allows that both have can differ by denies only, and denies that both
 * have make no difference: what is left is often nothing.
 */
export function differences(granted: CompiledPolicy, declared: CompiledPolicy): Formula[] {
  const has = (formulas: readonly Formula[]): ((formula: Formula) => boolean) => {
    const ids = new Set(formulas.map((formula) => formula.id));
    return (formula) => ids.has(formula.id);
  };
  const shared = has(declared.allows);
  const deniedInBoth = has(granted.denies);
  const notDenied = not(or(...granted.denies));
  const notAllowed = not(or(...declared.allows));
  const onlyDeclaredDenies = or(...declared.denies.filter((deny) => !deniedInBoth(deny)));
  return granted.allows
    .map((allow) =>
      and(
        allow,
        shared(allow) ? onlyDeclaredDenies : or(notAllowed, onlyDeclaredDenies),
        notDenied,
      ),
    )
    .filter((formula) => formula !== FALSE);
}

function compileStatement(statement: Statement, space: RequestSpace, variables: boolean): Formula {
  const malformed = malformation("trust", statement);
  if (malformed !== undefined) return opaque(JSON.stringify(statement), malformed);
  if (evaluateAction(statement, space.scenario.action).outcome !== "match") return FALSE;
  const principal = principalOf(statement, space);
  if (principal === FALSE) return FALSE;
  return and(principal, compileCondition(statement.Condition, space, variables));
}

function principalOf(
  { Principal, NotPrincipal, Effect }: Statement,
  { scenario }: RequestSpace,
): Formula {
  if (Principal !== undefined) return compilePrincipal(Principal, Effect, scenario);
  return NotPrincipal === undefined ? TRUE : compileNotPrincipal(NotPrincipal, scenario);
}
