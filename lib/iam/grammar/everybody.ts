import { parseOperator } from "../condition/condition-operator";
import { valuesOf } from "../policy-document";
import type { ConditionBlock } from "../policy-document";
import type { PolicyPath, StatementShape } from "../policy-shape";
import type { GrammarFinding } from "./finding";
import { holdsParameter } from "./parameters";
import type { PolicyKind } from "./policy-kind";

/**
 * `{"AWS": "*"}` in a trust policy allows every AWS account unless a condition of the same
 * statement names the caller's organization or account (rules GR-06, CK-08).
 */
export function* everybody(
  { Principal, Effect, Condition }: StatementShape,
  at: PolicyPath,
  kind: PolicyKind,
): Iterable<GrammarFinding> {
  if (kind !== "trust" || Effect !== "Allow" || typeof Principal !== "object") return;
  const index = valuesOf(Principal.AWS).indexOf("*");
  if (index < 0 || bindsCaller(Condition ?? {})) return;
  yield {
    rule: "GR-06",
    at: [...at, "Principal", "AWS", index],
    message:
      "anyone in any AWS account can assume the role: no condition in the statement names an organization or an account",
    help: 'add a condition on `aws:PrincipalOrgID`, or name the accounts instead of "*"',
  };
}

/** Whether some condition holds only for callers of a named organization, unit or account. */
function bindsCaller(condition: ConditionBlock): boolean {
  return Object.entries(condition).some(([name, keys]) => {
    const operator = parseOperator(name);
    if (operator === undefined || operator.negated || operator.ifExists) return false;
    if (operator.quantifier === "all" || !["String", "Arn"].includes(operator.family)) return false;
    return Object.entries(keys).some(([key, values]) => {
      const names = BINDING_KEYS.get(key.toLowerCase());
      const list = valuesOf(values);
      return names !== undefined && list.length > 0 && list.every((value) => names(value));
    });
  });
}

const BINDING_KEYS: ReadonlyMap<string, (value: string) => boolean> = new Map([
  ["aws:principalorgid", (value) => !/[*?]/.test(value)],
  ["aws:principalaccount", (value) => !/[*?]/.test(value)],
  ["aws:principalorgpaths", (value) => !/[*?]/.test(value.split("/")[0] ?? "")],
  ["aws:principalarn", (value) => isAccount(value.split(":")[4] ?? "")],
]);

function isAccount(field: string): boolean {
  return /^\d{12}$/.test(field) || holdsParameter(field);
}
