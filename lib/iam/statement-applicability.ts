import { parseOperator } from "./condition/condition-operator";
import type { ConditionOperator } from "./condition/condition-operator";
import { parseDate } from "./condition/date-value";
import { evaluateKey } from "./condition/evaluate-condition";
import { evaluateStatement } from "./condition/evaluate-statement";
import type { StatementRequest } from "./condition/evaluate-statement";
import type { RequestContext } from "./condition/request-context";
import { LIMITS } from "./limits";
import { valuesOf } from "./policy-document";
import type { ConditionBlock, Statement } from "./policy-document";

/** Whether a statement applies to a request of which only some condition keys are known. */
export type Reach = "never" | "possible" | "certain";

/**
 * Whether an identity statement applies to a request. Keys about the caller and about what is acted on
 * are known: absent where the context does not hold them. All others are the circumstances of a request
 * and make a match no more than possible.
 *
 * @param now ISO 8601: no request comes before it. @default - not known
 */
export function statementApplicability(
  statement: Statement,
  request: StatementRequest,
  now?: string,
): Reach {
  const { Condition, ...unconditional } = statement;
  const { outcome } = evaluateStatement("identity", unconditional, request, true);
  if (outcome === "no-match") return "never";
  const condition = conditionReach(Condition, request.context, now);
  return outcome === "unknown" && condition === "certain" ? "possible" : condition;
}

function conditionReach(
  block: ConditionBlock | undefined,
  context: RequestContext,
  now: string | undefined,
): Reach {
  let reach: Reach = "certain";
  for (const [name, keys] of Object.entries(block ?? {})) {
    const operator = parseOperator(name);
    for (const [key, values] of Object.entries(keys)) {
      if (operator !== undefined && isOver(operator, key, valuesOf(values), now)) return "never";
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

/** How long before a request its credentials can have been issued at most, milliseconds, by the key that says when. */
const AGES: Readonly<Record<string, number>> = {
  "aws:currenttime": 0,
  "aws:epochtime": 0,
  "aws:tokenissuetime": LIMITS.sessionTokenMax * 1000,
};

/** Whether a condition asks for a time that no request can come at any more. */
function isOver(
  { family, comparison, negated, ifExists }: ConditionOperator,
  key: string,
  values: readonly string[],
  now: string | undefined,
): boolean {
  const age = AGES[key.toLowerCase()];
  const moment = now === undefined ? undefined : parseDate(now);
  if (age === undefined || moment === undefined || negated) return false;
  // Long-term keys carry no time of issue.
  if (ifExists && age > 0) return false;
  const before = family === "Date" && comparison !== "greater" && comparison !== "greater-equals";
  return before && values.every((value) => (parseDate(value) ?? Infinity) < moment - age);
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
