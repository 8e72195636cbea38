import { evaluateKey } from "../../iam/condition/evaluate-condition";
import { evaluateAction } from "../../iam/condition/evaluate-statement";
import { requestContext } from "../../iam/condition/request-context";
import type { Rule } from "../rule";
import type { PlanContext } from "../rule-context";
import { placeOfKey, writtenConditions } from "../facts/written-condition";
import type { WrittenCondition } from "../facts/written-condition";
import type { WrittenStatement } from "../facts/written-statement";

/** The region that a call through the global endpoint of STS has. */
const GLOBAL_REGION = "us-east-1";

export const globalStsEndpoint: Rule = {
  id: "CK-25",
  severity: "warning",
  summary: "a limit to some regions leaves out STS, whose global endpoint counts as us-east-1",
  why: "A caller that still uses the global endpoint is denied every hop, in whatever region it works.",
  source: "AWS STS API Reference, SetSecurityTokenServicePreferences",
  *inPlan(context) {
    for (const condition of writtenConditions(
      context.statements,
      (key) => key === "aws:requestedregion",
    )) {
      const { written } = condition;
      if (!concernsSts(written)) continue;
      const holds = holdsGlobally(condition);
      const denies =
        written.statement.Effect === "Deny"
          ? holds
          : !holds && written.bounds && isOnlyAllowance(written, context);
      const caller = denies ? callerUnder(written, context) : undefined;
      if (caller === undefined) continue;
      yield {
        ...placeOfKey(condition),
        message: `\`${caller}\` assumes other roles, and calls through the global endpoint of STS count as ${GLOBAL_REGION}, which this ${written.statement.Effect === "Deny" ? "denies" : "does not allow"}`,
        help: "leave out `sts:*`, or have every caller use the endpoint of its region",
      };
    }
  },
};

function concernsSts({ statement }: WrittenStatement): boolean {
  return evaluateAction(statement, "sts:AssumeRole").outcome === "match";
}

function holdsGlobally({ line: { operator, key, values } }: WrittenCondition): boolean {
  const context = requestContext({ [key]: GLOBAL_REGION });
  return evaluateKey(operator, key, values, context, true).outcome === "match";
}

/** Whether no other statement of the same boundary allows STS without a limit to regions. */
function isOnlyAllowance({ document }: WrittenStatement, context: PlanContext): boolean {
  return !context.statements.some(
    (other) =>
      other.document === document &&
      other.statement.Effect === "Allow" &&
      concernsSts(other) &&
      !Object.values(other.statement.Condition ?? {}).some((keys) =>
        Object.keys(keys).some((key) => key.toLowerCase() === "aws:requestedregion"),
      ),
  );
}

/**
 * The name of a role that the statement applies to and that assumes others from another region; only the
 * partition `aws` has the endpoint.
 */
function callerUnder({ holders }: WrittenStatement, context: PlanContext): string | undefined {
  const bound = new Set(holders.map(({ entry }) => entry.settings.at));
  for (const [caller, [hop]] of context.hopsByCaller) {
    if (hop === undefined || !bound.has(caller.at)) continue;
    const { partition, region } = hop.callerAccount;
    if (partition === "aws" && region !== (GLOBAL_REGION as string)) return caller.name;
  }
  return undefined;
}
