import { formatDuration } from "../../account-map/model/duration";
import { LIMITS } from "../../iam/limits";
import { conditionLines } from "../../iam/grammar/condition-line";
import { parseDate } from "../../iam/condition/date-value";
import { valuesOf } from "../../iam/policy-document";
import type { Statement } from "../../iam/policy-document";
import type { Edge, RolePlan } from "../../plan/resolved-access";
import { holdsRoleSession } from "../facts/role-sessions-only";
import type { Rule } from "../rule";

/**
 * An hour is the least that a role can allow, and what every role session is cut to: sessions that
 * go on for an hour after the end are left alone.
 */
export const runningSessions: Rule = {
  id: "TB-01",
  severity: "warning",
  summary:
    "sessions last at most one hour after `notAfter`, or the role denies everything from then on",
  why: "A time window in a trust policy stops only new sessions: running sessions last until they expire.",
  source: "IAM User Guide, troubleshoot_roles and id_roles_use_revoke-sessions",
  *inPlan({ plan }) {
    const judged = new Set<string>();
    for (const edge of plan.edges) {
      const end = endOf(edge);
      const key = edge.at.join("\n");
      if (end === undefined || judged.has(key)) continue;
      judged.add(key);
      const longest = longestSession(edge);
      if (longest === undefined || cutsAt(edge.to, end)) continue;
      yield {
        at: [...edge.at, "notAfter"],
        message: `sessions that begin before ${end} last ${longest}`,
        help: `${edge.to.maxSessionSeconds > LIMITS.roleSessionMin ? "write `maxSession: 1h`, or " : ""}add the statement \`{Effect: Deny, Action: "*", Resource: "*", Condition: {DateGreaterThan: {"aws:CurrentTime": "${end}"}}}\`, which ends all sessions of the role`,
      };
    }
  },
};

function endOf({ from }: Edge): string | undefined {
  return from.kind === "principal" ? from.wayIn.conditions.notAfter : undefined;
}

/** How long a session can be, in words, where that is more than an hour. */
function longestSession({ from, to }: Edge): string | undefined {
  if (from.kind === "role" || holdsRoleSession(from.wayIn.principal)) return undefined;
  // Instances renew what they hold by themselves, whatever the role allows (rule ID-18).
  if (from.wayIn.principal.kind === "instanceProfile") {
    return "for some hours, because instances keep their sessions regardless of `maxSession`";
  }
  return to.maxSessionSeconds > LIMITS.roleSessionMin
    ? `for up to \`${formatDuration(to.maxSessionSeconds)}\``
    : undefined;
}

/** Whether a role denies everything from a moment on (rule TB-02). */
function cutsAt({ policies }: RolePlan, end: string): boolean {
  const documents = [...policies.inline, ...policies.customer].map(({ document }) => document);
  return documents.some(({ Statement }) => Statement.some((statement) => isCut(statement, end)));
}

/** Whether a statement denies everything, and asks for nothing but a moment that is past at the end. */
function isCut({ Effect, Action, Resource, Condition = {} }: Statement, end: string): boolean {
  const everything = [Action, Resource].every((element) => valuesOf(element).includes("*"));
  const lines = [...conditionLines({ Condition }, [])];
  const [line] = lines;
  if (Effect !== "Deny" || !everything || line === undefined || lines.length > 1) return false;
  const { operator, key, values } = line;
  const isAfter = operator.comparison === "greater" || operator.comparison === "greater-equals";
  if (operator.family !== "Date" || !isAfter || key.toLowerCase() !== "aws:currenttime") {
    return false;
  }
  const latest = parseDate(end) ?? 0;
  return values.some((value) => (parseDate(value) ?? Infinity) <= latest);
}
