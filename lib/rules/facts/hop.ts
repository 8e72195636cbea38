import type { Account } from "../../account-map/model/account-map";
import { evaluateStatement } from "../../iam/condition/evaluate-statement";
import type { StatementRequest } from "../../iam/condition/evaluate-statement";
import { requestContext } from "../../iam/condition/request-context";
import type { PolicyDocument, Statement } from "../../iam/policy-document";
import type { ResolvedAccess, Edge, RolePlan } from "../../plan/resolved-access";
import { callingRoles, carriedSessions, rolesByArn } from "./session-carry";

/** A hop that a role of the plan is to make. */
export interface Hop {
  readonly caller: RolePlan;
  readonly callerAccount: Account;
  readonly edge: Edge;
  /** The actions of STS that it needs, for what the caller's sessions carry. */
  readonly actions: readonly string[];
}

const hopsOfPlan = new WeakMap<ResolvedAccess, ReadonlyMap<RolePlan, readonly Hop[]>>();

/** Every hop that a role of the plan is to make, by the role. */
export function hopsByCaller(plan: ResolvedAccess): ReadonlyMap<RolePlan, readonly Hop[]> {
  const known = hopsOfPlan.get(plan);
  if (known !== undefined) return known;
  const roles = rolesByArn(plan);
  const carried = carriedSessions(plan);
  const accounts = new Map(
    plan.accounts.flatMap(({ account, roles: own }) => own.map((role) => [role, account] as const)),
  );
  const hops = new Map<RolePlan, Hop[]>();
  for (const edge of plan.edges) {
    for (const caller of callingRoles(edge, roles)) {
      const list = hops.get(caller) ?? [];
      const { sourceIdentity = false, transitiveTags } = carried.get(caller) ?? {};
      const actions = [
        "sts:AssumeRole",
        ...(sourceIdentity ? ["sts:SetSourceIdentity"] : []),
        ...((transitiveTags?.size ?? 0) > 0 ? ["sts:TagSession"] : []),
      ];
      const callerAccount = accounts.get(caller) ?? edge.toAccount;
      list.push({ caller, callerAccount, edge, actions });
      hops.set(caller, list);
    }
  }
  hopsOfPlan.set(plan, hops);
  return hops;
}

/** The request that a hop makes, as far as it is known before anyone makes it. */
export function hopRequest(hop: Hop, action: string): StatementRequest {
  const { caller, callerAccount, edge } = hop;
  const [externalId] = edge.externalIds;
  return {
    caller: { kind: "role-session", roleArn: caller.arn, sessionName: "session" },
    action,
    resource: edge.to.arn,
    context: requestContext({
      "aws:PrincipalArn": caller.arn,
      "aws:PrincipalAccount": callerAccount.id,
      "aws:PrincipalOrgID": callerAccount.organization?.id ?? [],
      "aws:PrincipalType": "AssumedRole",
      "aws:ResourceAccount": edge.toAccount.id,
      "aws:ResourceOrgID": edge.toAccount.organization?.id ?? [],
      "aws:RequestedRegion": callerAccount.region,
      "aws:SecureTransport": "true",
      "aws:ViaAWSService": "false",
      "aws:PrincipalIsAWSService": "false",
      "sts:ExternalId": externalId === undefined || action !== "sts:AssumeRole" ? [] : externalId,
    }),
  };
}

/** Whether a statement applies to a request of which not every key is known. */
export function bearing(
  statement: Statement,
  request: StatementRequest,
): "applies" | "may apply" | "does not apply" {
  const { known, complete } = knownPart(statement, request);
  const { outcome } = evaluateStatement("identity", known, request, true);
  if (outcome === "no-match") return "does not apply";
  return outcome === "match" && complete ? "applies" : "may apply";
}

/** What a document says of a request: the statement that surely denies it, or whether any may allow it. */
export function documentDecision(
  { Statement: statements }: PolicyDocument,
  request: StatementRequest,
): { readonly allows: boolean; readonly deniedBy?: number } {
  const bearings = statements.map((statement) => bearing(statement, request));
  const deniedBy = statements.findIndex(
    ({ Effect }, index) => Effect === "Deny" && bearings[index] === "applies",
  );
  if (deniedBy >= 0) return { allows: false, deniedBy };
  return {
    allows: statements.some(
      ({ Effect }, index) => Effect === "Allow" && bearings[index] !== "does not apply",
    ),
  };
}

/** A statement with those of its conditions alone whose keys the request is known to carry. */
function knownPart(
  statement: Statement,
  { context }: StatementRequest,
): { readonly known: Statement; readonly complete: boolean } {
  if (statement.Condition === undefined) return { known: statement, complete: true };
  let complete = true;
  const Condition: Record<string, Statement["Condition"] & object> = {};
  for (const [operator, keys] of Object.entries(statement.Condition)) {
    const own = Object.entries(keys).filter(([key]) => context.has(key.toLowerCase()));
    complete &&= own.length === Object.keys(keys).length;
    Condition[operator] = Object.fromEntries(own) as never;
  }
  return { known: { ...statement, Condition: Condition as never }, complete };
}
