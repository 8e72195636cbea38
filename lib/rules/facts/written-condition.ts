import { evaluateKey } from "../../iam/condition/evaluate-condition";
import { requestContext } from "../../iam/condition/request-context";
import { conditionLines } from "../../iam/grammar/condition-line";
import type { ConditionLine } from "../../iam/grammar/condition-line";
import type { OneOrMore } from "../../iam/policy-document";
import type { RuleFinding } from "../rule-finding";
import { placeIn } from "./written-statement";
import type { WrittenStatement } from "./written-statement";

/** A condition that a person wrote. */
export interface WrittenCondition {
  readonly written: WrittenStatement;
  /** Its place is below the statement, not below the document. */
  readonly line: ConditionLine;
}

/** The conditions on some keys, in statements that people wrote. */
export function* writtenConditions(
  statements: readonly WrittenStatement[],
  wanted: (key: string) => boolean,
): Generator<WrittenCondition> {
  for (const written of statements) {
    const { Condition } = written.statement;
    if (Condition === undefined) continue;
    for (const line of conditionLines({ Condition }, [])) {
      if (wanted(line.key.toLowerCase())) yield { written, line };
    }
  }
}

/** Where a finding about a condition points: at its key. */
export function placeOfKey({
  written,
  line,
}: WrittenCondition): Pick<RuleFinding, "at" | "document" | "atKey"> {
  return { ...placeIn(written, ...line.at), atKey: true };
}

/**
 * How a condition always comes out, because its key is never there, or always has the value `constant`;
 * `undefined` where that is unknown.
 */
export function constantOutcome(
  { line: { operator, key, values } }: WrittenCondition,
  constant?: OneOrMore,
): "holds" | "fails" | undefined {
  const context = requestContext(constant === undefined ? {} : { [key]: constant });
  const { outcome } = evaluateKey(operator, key, values, context, true);
  if (outcome === "unknown") return undefined;
  return outcome === "match" ? "holds" : "fails";
}

/** What comes of a condition that always has the same outcome, as the end of a sentence. */
export function consequence(condition: WrittenCondition, constant?: OneOrMore): string | undefined {
  const { Effect } = condition.written.statement;
  switch (constantOutcome(condition, constant)) {
    case "fails":
      return `so the statement ${Effect === "Allow" ? "allows" : "denies"} nothing`;
    case "holds":
      return Effect === "Allow"
        ? "so the condition has no effect"
        : "so the condition does not limit the deny";
    case undefined:
      return undefined;
  }
}
