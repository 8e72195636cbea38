import type { StatementRequest } from "../../iam/condition/evaluate-statement";
import { unknown } from "../../iam/condition/outcome";
import type { Outcome } from "../../iam/condition/outcome";
import type { PrincipalWay } from "../../iam/condition/principal-match";
import type { AccessModel } from "./access-model";
import type { RoleRequest } from "./role-request";
import { bindingPolicies } from "./binding-policies";
import type { DecisionReason } from "./decision";
import { callerEvidence } from "./evidence";
import { allowReasons, allows, policySide } from "./policy-side";
import type { PolicySide } from "./policy-side";

/** The caller's own side: what may be needed from it, depending on how the trust names the caller. */
export interface CallerSides {
  readonly permissions: PolicySide;
  /** Permissions that are only partly known can allow, but not fail to. */
  readonly complete: boolean;
  readonly limits: readonly PolicySide[];
  readonly controls: readonly PolicySide[];
  readonly all: readonly PolicySide[];
}

/**
 * Asks all policies of the caller's side.
 *
 * @param byControls the request as control policies are asked about it. @default - as all others are
 */
export function callerSides(
  world: AccessModel,
  { caller, sessionPolicies = [] }: RoleRequest,
  asked: StatementRequest,
  byControls: StatementRequest = asked,
): CallerSides {
  const evidence = callerEvidence(world.graph, caller);
  const own = evidence.known === "nothing" ? [] : evidence.policies;
  const boundary = evidence.known === "all" ? evidence.boundary : undefined;
  const permissions = policySide("permissions", "identity", own, asked);
  const limits = [
    ...(boundary === undefined
      ? []
      : [policySide("permissions boundary", "identity", [boundary], asked)]),
    ...(sessionPolicies.length === 0
      ? []
      : [policySide("session policy", "identity", sessionPolicies, asked)]),
  ];
  const levels = bindingPolicies(world, caller);
  const controls = levels.map((level) =>
    policySide("service control policy", "identity", level, byControls),
  );
  return {
    permissions,
    complete: evidence.known === "all",
    limits,
    controls,
    all: [permissions, ...limits, ...controls],
  };
}

/** Something that must allow. */
export interface Need {
  readonly outcome: Outcome;
  readonly reasons: readonly DecisionReason[];
}

/** Which sides of the caller must allow, given how the trust names it (rules TR-01 to TR-05). */
export function requiredPolicies(
  way: PrincipalWay,
  sameAccount: boolean,
  caller: CallerSides,
): readonly Need[] {
  if (way === "service" || way === "federated") return [];
  const controls = caller.controls.map(need);
  const full = !sameAccount || way === "account";
  if (!full && way !== "role") return controls;
  const limits = [...caller.limits.map(need), ...controls];
  return full ? [permission(caller), ...limits] : limits;
}

function need(side: PolicySide): Need {
  return { outcome: allows(side), reasons: allowReasons(side) };
}

function permission({ permissions, complete }: CallerSides): Need {
  const outcome = allows(permissions);
  if (complete || outcome.outcome === "match") return need(permissions);
  const text = "what else the caller is permitted is not in the Terraform";
  return {
    outcome: unknown(text),
    reasons: [{ side: "permissions", effect: "unknown", text }, ...permissions.misses],
  };
}
