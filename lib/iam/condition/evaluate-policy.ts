import type { PolicyDocument, Statement } from "../policy-document";
import { evaluateStatement } from "./evaluate-statement";
import type { PolicyKind, StatementOutcome, StatementRequest } from "./evaluate-statement";

/** A statement that applies to a request, or of which that is unknown. */
export interface AppliedStatement extends StatementOutcome {
  readonly statement: Statement;
  /** Position in the document, from 0. */
  readonly index: number;
}

/** What a document says of a request, statement by statement. */
export interface PolicyOutcome {
  /** `unknown` where an undecided statement makes the difference. */
  readonly decision: "allow" | "explicit-deny" | "implicit-deny" | "unknown";
  /** The statements that do or may apply, in the order of the document. */
  readonly applied: readonly AppliedStatement[];
}

/** What a document decides of a request by itself: a deny beats every allow, nothing said is a deny. */
export function evaluatePolicy(
  kind: PolicyKind,
  document: PolicyDocument,
  request: StatementRequest,
): PolicyOutcome {
  const variables = hasVariables(document);
  const applied: AppliedStatement[] = [];
  for (const [index, statement] of document.Statement.entries()) {
    const outcome = evaluateStatement(kind, statement, request, variables);
    if (outcome.outcome !== "no-match") applied.push({ ...outcome, statement, index });
  }
  return { decision: decide(applied), applied };
}

/** Whether `${...}` is a variable in a document rather than text (rule GR-01). */
export function hasVariables(document: PolicyDocument): boolean {
  return document.Version === "2012-10-17";
}

/** The decision that statements come to together, whichever documents they are in. */
export function decide(applied: readonly AppliedStatement[]): PolicyOutcome["decision"] {
  const some = (effect: Statement["Effect"], outcome: "match" | "unknown"): boolean =>
    applied.some((each) => each.statement.Effect === effect && each.outcome === outcome);
  if (some("Deny", "match")) return "explicit-deny";
  if (!some("Allow", "match")) return some("Allow", "unknown") ? "unknown" : "implicit-deny";
  return some("Deny", "unknown") ? "unknown" : "allow";
}
