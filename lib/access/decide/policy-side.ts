import { evaluateAction, evaluateStatement } from "../../iam/condition/evaluate-statement";
import type {
  PolicyKind,
  StatementOutcome,
  StatementRequest,
} from "../../iam/condition/evaluate-statement";
import { hasVariables } from "../../iam/condition/evaluate-policy";
import { match, noMatch, unknown } from "../../iam/condition/outcome";
import type { Outcome } from "../../iam/condition/outcome";
import type { Statement } from "../../iam/policy-document";
import type { PermissionPolicy } from "../access-graph";
import type { DecisionReason, Side } from "./decision";

/** A statement of one side that does or may apply to a request. */
export interface SideStatement extends StatementOutcome {
  readonly effect: Statement["Effect"];
  readonly reported: DecisionReason;
}

/** What all policies of one side say of a request together. */
export interface PolicySide {
  readonly side: Side;
  readonly statements: readonly SideStatement[];
  /** Allows that are about the action but do not apply, with why. */
  readonly misses: readonly DecisionReason[];
  /** Policies whose text is not known: they may allow and deny anything. */
  readonly unread: readonly DecisionReason[];
}

/** Asks all policies of one side about a request. */
export function policySide(
  side: Side,
  kind: PolicyKind,
  policies: readonly PermissionPolicy[],
  request: StatementRequest,
): PolicySide {
  const statements: SideStatement[] = [];
  const misses: DecisionReason[] = [];
  const unread: DecisionReason[] = [];
  for (const { name: policy, document } of policies) {
    if (!document.known) {
      unread.push({ side, effect: "unknown", policy, text: document.reason });
      continue;
    }
    const variables = hasVariables(document.value);
    for (const [index, statement] of document.value.Statement.entries()) {
      const outcome = evaluateStatement(kind, statement, request, variables);
      const place = { side, policy, statement: statement.Sid ?? String(index + 1) };
      if (outcome.outcome !== "no-match") {
        const reported = { ...place, effect: effectOf(statement, outcome), text: outcome.reason };
        statements.push({ ...outcome, effect: statement.Effect, reported });
      } else if (isMiss(statement, request)) {
        misses.push({ ...place, effect: "implicit-deny", text: outcome.reason });
      }
    }
  }
  return { side, statements, misses, unread };
}

/** Whether some policy of the side denies. */
export function denies({ statements, unread }: PolicySide): Outcome {
  const deny = statements.filter(({ effect }) => effect === "Deny");
  if (deny.some(({ outcome }) => outcome === "match")) return match("an explicit deny");
  return deny.length + unread.length > 0 ? unknown("a deny may apply") : noMatch("no deny");
}

/** Whether some policy of the side allows, denies aside. */
export function allows({ side, statements, unread }: PolicySide): Outcome {
  const allow = statements.filter(({ effect }) => effect === "Allow");
  if (allow.some(({ outcome }) => outcome === "match")) return match(`the ${side} allows`);
  return allow.length + unread.length > 0
    ? unknown(`the ${side} may allow`)
    : noMatch(`the ${side} does not allow`);
}

/** Why a side allows, does not, or is not known to. */
export function allowReasons(side: PolicySide): readonly DecisionReason[] {
  const allow = side.statements.filter(({ effect }) => effect === "Allow");
  const applying = allow.filter(({ outcome }) => outcome === "match");
  if (applying.length > 0) return applying.map(({ reported }) => reported);
  const open = [...allow.map(({ reported }) => reported), ...side.unread];
  if (open.length > 0) return open;
  return [
    { side: side.side, effect: "implicit-deny", text: "no statement allows it" },
    ...side.misses,
  ];
}

/** Why a side denies, or may. */
export function denyReasons({ statements, unread }: PolicySide): readonly DecisionReason[] {
  const deny = statements.filter(({ effect }) => effect === "Deny");
  const applying = deny.filter(({ outcome }) => outcome === "match");
  return applying.length > 0
    ? applying.map(({ reported }) => reported)
    : [...deny.map(({ reported }) => reported), ...unread];
}

function effectOf(statement: Statement, { outcome }: Outcome): DecisionReason["effect"] {
  if (outcome === "unknown") return "unknown";
  return statement.Effect === "Allow" ? "allow" : "explicit-deny";
}

function isMiss(statement: Statement, request: StatementRequest): boolean {
  return (
    statement.Effect === "Allow" && evaluateAction(statement, request.action).outcome === "match"
  );
}
