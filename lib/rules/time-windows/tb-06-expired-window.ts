import type { ResolvedAccess } from "../../plan/resolved-access";
import { parseDate } from "../../iam/condition/date-value";
import type { Rule } from "../rule";
import type { RuleFinding } from "../rule-finding";
import type { DocumentContext } from "../rule-context";
import { placeOfKey, writtenConditions } from "../facts/written-condition";
import type { WrittenCondition } from "../facts/written-condition";

export const expiredWindow: Rule = {
  id: "TB-06",
  severity: "warning",
  summary: "no time window has run out",
  why: "A statement whose time is over does nothing but fill the quota of its policy, and hides that access ended.",
  source: "the map's own time windows",
  *inDocuments(context) {
    if (context.now !== undefined) yield* statements(context, context.now);
  },
  *inPlan({ plan, now }) {
    if (now !== undefined) yield* waysIn(plan, now);
  },
};

function* waysIn(plan: ResolvedAccess, now: string): Generator<RuleFinding> {
  const judged = new Set<string>();
  for (const { from, to, at } of plan.edges) {
    if (from.kind === "role") continue;
    const end = from.wayIn.conditions.notAfter;
    const key = at.join("\n");
    // Moments in UTC sort as text.
    if (end === undefined || end > now || judged.has(key)) continue;
    judged.add(key);
    yield {
      at: [...at, "notAfter"],
      message: `the time window ended at ${end}: nobody can assume \`${to.name}\` with it`,
      help: "remove the entry, or write a later end",
    };
  }
}

function* statements(context: DocumentContext, now: string): Generator<RuleFinding> {
  const moment = parseDate(now) ?? 0;
  for (const condition of writtenConditions(
    context.statements,
    (key) => key === "aws:currenttime",
  )) {
    if (!isOver(condition, moment)) continue;
    const allows = condition.written.statement.Effect === "Allow";
    yield {
      ...placeOfKey(condition),
      message: `the statement ended at ${condition.line.values.join(", ")}: it now ${allows ? "allows" : "denies"} nothing`,
      help: "remove the statement, or write a later end",
    };
  }
}

/** Whether the current time can never again be before the values of a condition. */
function isOver({ line: { operator, values } }: WrittenCondition, moment: number): boolean {
  const isBefore = operator.comparison === "less" || operator.comparison === "less-equals";
  if (operator.family !== "Date" || !isBefore) return false;
  return values.every((value) => (parseDate(value) ?? Infinity) <= moment);
}
