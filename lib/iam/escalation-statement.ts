import { parseOperator } from "./condition/condition-operator";
import { evaluateKey } from "./condition/evaluate-condition";
import { evaluateStatement } from "./condition/evaluate-statement";
import type { StatementRequest } from "./condition/evaluate-statement";
import type { RequestContext } from "./condition/request-context";
import { valuesOf } from "./policy-document";
import type { ConditionBlock, Statement } from "./policy-document";

/** Whether a statement applies to a request of which only some condition keys are known. */
export type Reach = "never" | "possible" | "certain";

/**
 * Whether an identity statement applies to a request. Keys about the caller and about what is acted on
 * are known: absent where the context does not hold them. All others are the circumstances of a request
 * and make a match no more than possible.
 */
export function statementReach(statement: Statement, request: StatementRequest): Reach {
  const { Condition, ...unconditional } = statement;
  const { outcome } = evaluateStatement("identity", unconditional, request, true);
  if (outcome === "no-match") return "never";
  const condition = conditionReach(Condition, request.context);
  return outcome === "unknown" && condition === "certain" ? "possible" : condition;
}

function conditionReach(block: ConditionBlock | undefined, context: RequestContext): Reach {
  let reach: Reach = "certain";
  for (const [name, keys] of Object.entries(block ?? {})) {
    const operator = parseOperator(name);
    for (const [key, values] of Object.entries(keys)) {
      const outcome =
        operator === undefined || !isKnown(key)
          ? "unknown"
          : evaluateKey(operator, key, valuesOf(values), context, true).outcome;
      if (outcome === "no-match") return "never";
      if (outcome === "unknown") reach = "possible";
    }
  }
  return reach;
}

const KNOWN_KEYS = new Set([
  "aws:principalarn",
  "aws:principalaccount",
  "aws:principalorgid",
  "aws:principaltype",
  "aws:resourceaccount",
  "aws:resourceorgid",
  "iam:passedtoservice",
  "iam:permissionsboundary",
  "iam:policyarn",
]);

/** Tags of what is acted on are known to be absent: it is something that no policy means. */
function isKnown(key: string): boolean {
  const name = key.toLowerCase();
  return KNOWN_KEYS.has(name) || /^[a-z0-9-]+:resourcetag\//.test(name);
}
