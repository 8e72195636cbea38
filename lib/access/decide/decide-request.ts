import { NO_ARN, parseArn } from "../../iam/arn";
import { callerAccount, principalArn } from "../../iam/condition/caller";
import { allOf, anyOf, unknown } from "../../iam/condition/outcome";
import type { Outcome } from "../../iam/condition/outcome";
import type { PermissionPolicy, RoleNode } from "../access-graph";
import { roleSubject } from "../unread/subjects";
import { withUnread } from "../unread/with-unread";
import type { AccessModel } from "./access-model";
import type { RoleRequest } from "./role-request";
import { bindingPolicies, guardingPolicies } from "./binding-policies";
import { callerSides, requiredPolicies } from "./caller-sides";
import type { CallerSides, Need } from "./caller-sides";
import { completeContext } from "./complete-context";
import type { Decision, DecisionReason } from "./decision";
import { networkWays } from "./network-ways";
import { alwaysOpen, openForControls, withOpen } from "./open-keys";
import { allowReasons, denies, denyReasons, policySide } from "./policy-side";
import type { PolicySide } from "./policy-side";
import { assumingAction } from "./sts-action";

export type { AccessModel, RoleRequest };

/**
 * Decides one request by the logic of AssumeRole: the trust policy must allow (rule TR-06), the caller's
 * side too where its account is another or is what the trust names (TR-01, TR-02), boundaries and session
 * policies where the trust names the role (TR-03), no more than control policies where it names user,
 * session or everyone (TR-04, TR-05); a deny anywhere beats all of it. A role that assumes itself is no
 * exception (TR-07).
 */
export function decideRequest(world: AccessModel, request: RoleRequest): Decision {
  const impossible = impossibleReason(request);
  if (impossible !== undefined) return { decision: "denied", reasons: [call(impossible, false)] };
  const role = world.graph.roles.get(request.roleArn);
  if (role === undefined) {
    const text = `the trust policy of ${request.roleArn} is not in the Terraform`;
    return { decision: "unknown", reasons: [call(text, true)] };
  }
  const trusted = trustPolicies(world, role);
  const context = completeContext(request, world);
  const asked = {
    caller: request.caller,
    action: request.action,
    resource: role.arn,
    context,
    open: alwaysOpen({ caller: request.caller, action: request.action, context }),
  };
  const guards = guardingPolicies(world, role.accountId);
  const controls = [...bindingPolicies(world, request.caller).flat(), ...guards];
  const decisions = networkWays(asked, controls).map((network) => {
    const open = withOpen(openForControls(world, asked), network);
    const byControls = { ...asked, open };
    const trust = policySide("trust policy", "trust", trusted, asked);
    const caller = callerSides(world, request, asked, byControls);
    const guard = policySide("resource control policy", "resource-control", guards, byControls);
    return conclude(trust, caller, [trust, ...caller.all, guard], request);
  });
  return agreed(decisions);
}

/** What all of several decisions come to, one of which holds, and it is not known which. */
function agreed(decisions: readonly Decision[]): Decision {
  const [first, ...more] = decisions;
  if (first === undefined) throw new Error("a request without any network");
  if (more.every(({ decision }) => decision === first.decision)) return first;
  const reasons = decisions
    .filter(({ decision }) => decision !== "allowed")
    .flatMap(({ reasons: each }) => each);
  const text = "the request does not say over which network it comes, and that decides";
  return { decision: "unknown", reasons: unique([call(text, true), ...reasons]) };
}

/** The trust policy of a role, with what was not read and could change it. */
function trustPolicies({ graph }: AccessModel, role: RoleNode): readonly PermissionPolicy[] {
  const own: PermissionPolicy = { name: role.arn, kind: "inline", document: role.trust };
  const { unread = [] } = graph;
  return withUnread([own], unread, roleSubject(graph, role.arn), "trust");
}

function conclude(
  trust: PolicySide,
  caller: CallerSides,
  all: readonly PolicySide[],
  request: RoleRequest,
): Decision {
  const denying = all.filter((side) => denies(side).outcome === "match");
  if (denying.length > 0) return { decision: "denied", reasons: denying.flatMap(denyReasons) };

  const sameAccount = callerAccount(request.caller) === parseArn(request.roleArn)?.accountId;
  const grants = trust.statements
    .filter(({ effect }) => effect === "Allow")
    .map((statement) => {
      // What cannot be told of the principal is held to the most demanding way.
      const ways = statement.ways.length > 0 ? statement.ways : (["account"] as const);
      const needed = ways.map((way) => requiredPolicies(way, sameAccount, caller));
      const best = needed.find((each) => granted(each).outcome === "match") ?? needed[0];
      return {
        statement,
        sides: best ?? [],
        outcome: allOf([statement, anyOf(needed.map(granted))]),
      };
    });
  const opaque = trust.unread.map(() => unknown("the trust policy is not readable"));
  const outcome = anyOf([...grants.map((grant) => grant.outcome), ...opaque]);
  const used = grants.find((grant) => grant.outcome === outcome) ?? grants[0];
  const reasons = [
    ...(used === undefined ? allowReasons(trust) : [used.statement.reported]),
    ...(used?.sides ?? []).flatMap(({ reasons: each }) => each),
  ];
  if (outcome.outcome === "no-match") return { decision: "denied", reasons: against(reasons) };
  const doubts = all.filter((side) => denies(side).outcome === "unknown");
  if (outcome.outcome === "unknown" || doubts.length > 0) {
    return {
      decision: "unknown",
      reasons: unique([...doubts.flatMap(denyReasons), ...against(reasons)]),
    };
  }
  return { decision: "allowed", reasons };
}

function granted(needs: readonly Need[]): Outcome {
  return allOf(needs.map(({ outcome }) => outcome));
}

/** The reasons against a request before those for it. */
function against(reasons: readonly DecisionReason[]): readonly DecisionReason[] {
  const speaksFor = ({ effect }: DecisionReason): boolean => effect === "allow";
  return [...reasons.filter((each) => !speaksFor(each)), ...reasons.filter(speaksFor)];
}

function unique(reasons: readonly DecisionReason[]): readonly DecisionReason[] {
  const seen = new Set<string>();
  return reasons.filter((reason) => {
    const key = JSON.stringify(reason);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

function call(text: string, open: boolean): DecisionReason {
  return { side: "call", effect: open ? "unknown" : "implicit-deny", text };
}

/** Why such a caller cannot make such a request at all, whatever the policies say. */
export function impossibleReason({ caller, action, roleArn }: RoleRequest): string | undefined {
  const assuming = assumingAction(caller.kind);
  if (action.startsWith("sts:AssumeRole") && action !== assuming) {
    return `a ${caller.kind} caller obtains a role by ${assuming}, not by ${action} (GR-10)`;
  }
  const { partition, accountId: account } = parseArn(roleArn) ?? NO_ARN;
  const named = principalArn(caller) ?? ("provider" in caller ? caller.provider : undefined);
  const { partition: ownPartition, accountId: ownAccount } = parseArn(named ?? "") ?? NO_ARN;
  if (ownPartition !== undefined && ownPartition !== partition) {
    return `partitions never meet: the caller is in ${ownPartition}, the role in ${partition ?? "none"} (PT-03)`;
  }
  if ("provider" in caller && ownAccount !== undefined && ownAccount !== account) {
    return `the identity provider is not in the role's account (OI-02)`;
  }
  return undefined;
}
