import type { Caller } from "../iam/condition/caller";
import { principalArn } from "../iam/condition/caller";
import type { StatementRequest } from "../iam/condition/evaluate-statement";
import { requestContext } from "../iam/condition/request-context";
import type { Statement } from "../iam/policy-document";
import type { AccessPlan, Edge } from "../plan/access-plan";
import { describePrincipal } from "../plan/principal-description";
import type { RoleNode } from "./access-graph";
import type { AccessWorld } from "./decide/access-world";
import { bindingPolicies, guardingPolicies } from "./decide/binding-policies";
import { completeContext } from "./decide/complete-context";
import type { DecisionReason } from "./decide/decision";
import { describeReason } from "./decide/describe-reason";
import { allowReasons, allows, denies, denyReasons, policySide } from "./decide/policy-side";
import type { PolicySide } from "./decide/policy-side";
import { unsaidKeys } from "./decide/unsaid-keys";
import { outsideCallers } from "./outside-callers";
import type { ProofProblem } from "./proof-problem";
import { assumingAction } from "./sts-action";
import { fulfillingKeys } from "./trust-keys";

/** When a call is made where the time decides nothing. */
const ANY_TIME = "2026-01-01T00:00:00Z";

/**
 * Proves that no control policy keeps out those declared callers whose own permission is somebody else's to
 * give. The rest of what is declared, {@link proveEdges} decides as a whole.
 */
export function proveControlPolicies(
  plan: AccessPlan,
  world: AccessWorld,
): readonly ProofProblem[] {
  const { service, resource } = world.controls;
  if (service.size + resource.size === 0) return [];
  return plan.edges.flatMap((edge) => {
    const { from, to, toAccount } = edge;
    const role = world.graph.roles.get(to.arn);
    if (from.kind === "role" || from.wayIn.grant === "generate" || role === undefined) return [];
    return outsideCallers(from.wayIn.principal, toAccount).flatMap((caller) =>
      problemOf(edge, caller, role, world),
    );
  });
}

/** What control policies say of a request: nothing against it, or why not. */
interface Objection {
  readonly verdict: ProofProblem["verdict"];
  readonly why: string;
}

function problemOf(
  { from, to, toAccount, at }: Edge,
  caller: Caller,
  role: RoleNode,
  world: AccessWorld,
): ProofProblem[] {
  const binding = bindingPolicies(world, caller);
  const guarding = guardingPolicies(world, role.accountId);
  if (binding.length + guarding.length === 0 || !role.trust.known) return [];
  // One way to say what the trust asks for is enough.
  const objections = role.trust.value.Statement.flatMap((statement) => {
    const asked = requestFor(statement, caller, role, world);
    const { statements } = policySide("trust policy", "trust", [trustOf(role)], asked);
    const admits = statements.some(({ effect }) => effect === "Allow");
    return admits ? [objectionTo(asked, binding, guarding)] : [];
  });
  if (objections.length === 0 || objections.includes(undefined)) return [];
  const open = objections.find((objection) => objection?.verdict === "unknown");
  const { verdict, why } = open ?? objections[0] ?? { verdict: "unknown", why: "" };
  const who =
    principalArn(caller) ??
    (from.kind === "principal" ? describePrincipal(from.wayIn.principal, toAccount) : caller.kind);
  const what = verdict === "refuted" ? "denied" : "not known to be allowed";
  const message = `${who} is declared to enter, and is ${what}: ${why}`;
  return [{ verdict, roleArn: to.arn, message, at }];
}

function requestFor(
  statement: Statement,
  caller: Caller,
  role: RoleNode,
  world: AccessWorld,
): StatementRequest {
  const { keys, sourceIdentity, time = ANY_TIME } = fulfillingKeys(statement);
  const said = {
    "sts:RoleSessionName": "session",
    ...keys,
    ...(sourceIdentity === undefined ? {} : { "sts:SourceIdentity": sourceIdentity }),
  };
  return {
    caller,
    action: assumingAction(caller.kind),
    resource: role.arn,
    context: completeContext({ caller, roleArn: role.arn, time, keys: said }, world.accounts),
  };
}

function trustOf({ arn, trust }: RoleNode): Parameters<typeof policySide>[2][number] {
  return { name: arn, kind: "inline", document: trust };
}

function objectionTo(
  asked: StatementRequest,
  binding: ReturnType<typeof bindingPolicies>,
  guarding: ReturnType<typeof guardingPolicies>,
): Objection | undefined {
  const levels = binding.map((level) =>
    policySide("service control policy", "identity", level, asked),
  );
  const guard = policySide("resource control policy", "resource-control", guarding, asked);

  // What a request does not say cannot be taken for absent.
  const {
    always: [unsaid],
    absentOrFalse: [open],
  } = unsaidKeys(asked, [...binding.flat(), ...guarding]);
  if (unsaid !== undefined)
    return { verdict: "unknown", why: `the request does not say ${unsaid}` };
  if (open !== undefined) {
    const context = new Map([...asked.context, ...requestContext({ [open]: "false" })]);
    const said = objectionTo({ ...asked, context }, binding, guarding);
    const absent = concluded(levels, guard);
    if (said?.verdict === absent?.verdict) return absent;
    const why = `whether the session's requests carry ${open} with \`false\` or lack it is not known (CK-15)`;
    return { verdict: "unknown", why };
  }
  return concluded(levels, guard);
}

function concluded(levels: readonly PolicySide[], guard: PolicySide): Objection | undefined {
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
