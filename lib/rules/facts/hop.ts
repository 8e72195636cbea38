import type { Account } from "../../account-map/model/account-map";
import { roleArn } from "../../iam/arn";
import { evaluateStatement } from "../../iam/condition/evaluate-statement";
import type { StatementRequest } from "../../iam/condition/evaluate-statement";
import { requestContext } from "../../iam/condition/request-context";
import type { PolicyDocument, Statement } from "../../iam/policy-document";
import type { ResolvedAccess, Edge, RolePlan } from "../../plan/resolved-access";
import { hopActions } from "../../plan/session-context";
import { groupBy } from "../../values/group";

/** A hop that a role of the plan is to make. */
export interface Hop {
  readonly caller: RolePlan;
  readonly callerAccount: Account;
  readonly edge: Edge;
  /** The actions of STS that it needs, for what the caller's sessions carry. */
  readonly actions: readonly string[];
}

/** Every hop that a role of the plan is to make, in the order of the plan's edges. */
export function hopsOf(
  { accounts: plans, edges }: ResolvedAccess,
  roles: ReadonlyMap<string, RolePlan>,
): readonly Hop[] {
  const accounts = new Map(
    plans.flatMap(({ account, roles: own }) => own.map((role) => [role, account] as const)),
  );
  return edges.flatMap((edge) =>
    callingRoles(edge, roles).map((caller) => {
      const callerAccount = accounts.get(caller) ?? edge.toAccount;
      return { caller, callerAccount, edge, actions: hopActions(caller.session) };
    }),
  );
}

/** Hops by the role that makes them. */
export function hopsByCaller(all: readonly Hop[]): ReadonlyMap<RolePlan, readonly Hop[]> {
  const hops = groupBy(all, (hop) => hop.caller);
  return hops;
}

/** The roles of a plan by their ARNs. */
export function rolesByArn(plan: ResolvedAccess): ReadonlyMap<string, RolePlan> {
  return new Map(plan.accounts.flatMap(({ roles }) => roles).map((role) => [role.arn, role]));
}

/** The roles of the plan that an edge comes from: the calling role, or those that its principal names. */
function callingRoles(
  { from, toAccount }: Edge,
  roles: ReadonlyMap<string, RolePlan>,
): readonly RolePlan[] {
  if (from.kind === "role") return [from.role];
  const { principal } = from.wayIn;
  if (principal.kind !== "role") return [];
  const { partition, id: accountId } = principal.account ?? toAccount;
  return principal.names.flatMap(
    (name) => roles.get(roleArn({ partition, accountId }, principal.path, name)) ?? [],
  );
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
