import type { StatementRequest } from "../../iam/condition/evaluate-statement";
import type { PermissionPolicy } from "../access-graph";
import type { DecisionReason } from "../decide/decision";
import { describeReason } from "../decide/decision";
import { allowReasons, allows, denies, denyReasons, policySide } from "../decide/policy-side";
import type { ProofProblem } from "../proof/proof-problem";

/** The control policies that a request meets. */
export interface Controls {
  /** Service control policies, level by level. */
  readonly binding: readonly (readonly PermissionPolicy[])[];
  /** Resource control policies. */
  readonly guarding: readonly PermissionPolicy[];
}

/** What control policies have against a request. */
export interface Objection {
  readonly verdict: ProofProblem["verdict"];
  readonly why: string;
}

/** Asks control policies about one request; `undefined` where they have nothing against it for certain. */
export function objectionTo(
  asked: StatementRequest,
  { binding, guarding }: Controls,
): Objection | undefined {
  const levels = binding.map((level) =>
    policySide("service control policy", "identity", level, asked),
  );
  const guard = policySide("resource control policy", "resource-control", guarding, asked);
  const sides = [...levels, guard];
  const objection = (
    verdict: Objection["verdict"],
    reasons: readonly DecisionReason[],
  ): Objection => ({ verdict, why: reasons.map(describeReason).join("; ") });
  const denying = sides.filter((side) => denies(side).outcome === "match");
  if (denying.length > 0) return objection("refuted", denying.flatMap(denyReasons));
  const silent = levels.filter((side) => allows(side).outcome === "no-match");
  if (silent.length > 0) return objection("refuted", silent.flatMap(allowReasons));
  const doubtful = sides.filter((side) => denies(side).outcome === "unknown");
  if (doubtful.length > 0) return objection("unknown", doubtful.flatMap(denyReasons));
  const undecided = levels.filter((side) => allows(side).outcome === "unknown");
  return undecided.length > 0 ? objection("unknown", undecided.flatMap(allowReasons)) : undefined;
}
