import type { AccessGraph, PermissionPolicy } from "../access-graph";
import { entryCallers } from "../controls/entry-callers";
import { trustEntries } from "../callers/trust-entries";
import { callerEvidence } from "../decide/evidence";
import { evaluateAction } from "../../iam/condition/evaluate-statement";
import { globOf } from "../../iam/condition/glob";
import { principalArn, sessionOf } from "../../iam/condition/caller";
import type { Caller } from "../../iam/condition/caller";
import { matchResource } from "../../iam/condition/resource-match";
import { canonicalDocument } from "../../iam/policy-text";
import { policyDocument, valuesOf } from "../../iam/policy-document";
import type { Statement } from "../../iam/policy-document";
import type { ResolvedAccess, Edge } from "../../plan/resolved-access";
import { groupBy } from "../../values/group";

/** The statements of a role's trust policy, each with the edges that it comes from. */
export interface TrustSides {
  of(edge: Edge): readonly Statement[];
  /** Statements that come from no edge of the map. */
  readonly others: readonly Statement[];
}

/**
 * Tells which statements of a trust policy in the Terraform are about which edges: those that the map makes for an
 * edge, and of others, such as edited ones, those that name the same caller.
 */
export function trustSidesIn(
  plan: ResolvedAccess,
  graph: AccessGraph,
): (roleArn: string) => TrustSides {
  const byRole = groupBy(plan.edges, (edge) => edge.to.arn);
  return (roleArn) => trustSides(roleArn, byRole.get(roleArn) ?? [], graph);
}

function trustSides(roleArn: string, edges: readonly Edge[], { roles }: AccessGraph): TrustSides {
  const trust = roles.get(roleArn)?.trust;
  const written = trust?.known === true ? canonicalDocument(trust.value).Statement : [];
  const declared = new Map(edges.map((edge) => [edge, new Set(edge.trust.map(textOf))]));
  const isDeclared = (statement: Statement): boolean =>
    [...declared.values()].some((texts) => texts.has(textOf(statement)));
  const edited = written.filter((statement) => !isDeclared(statement));
  const aboutEdge = (edge: Edge): readonly Statement[] => {
    const callers = new Set(edge.trust.flatMap((each) => callersOf(each, edge)));
    return edited.filter((each) => callersOf(each, edge).some((caller) => callers.has(caller)));
  };
  const about = new Map(edges.map((edge) => [edge, new Set(aboutEdge(edge))]));
  return {
    of: (edge) =>
      written.filter(
        (each) =>
          declared.get(edge)?.has(textOf(each)) === true || about.get(edge)?.has(each) === true,
      ),
    others: edited.filter((each) => ![...about.values()].some((found) => found.has(each))),
  };
}

function textOf(statement: Statement): string {
  return JSON.stringify(canonicalDocument(policyDocument([statement])).Statement);
}

/** Whom a statement names, as texts that can be compared. */
function callersOf(statement: Statement, { toAccount }: Edge): readonly string[] {
  return trustEntries(policyDocument([statement]), toAccount.partition).map(({ principal, who }) =>
    JSON.stringify([principal, who]),
  );
}

/** Whose permission an edge needs, and which of its policies give it. */
export interface PermissionSide {
  /** Whether permissions are needed at all: services and federated callers have none. */
  readonly isNeeded: boolean;
  /** Whether the Terraform makes all of the callers, so that nobody else adds a policy. */
  readonly isMade: boolean;
  /** Names of policies that allow the caller to assume the role. */
  readonly policies: readonly string[];
}

/** The policies of those who take an edge that allow it. */
export function permissionSide(edge: Edge, graph: AccessGraph): PermissionSide {
  const callers = callersTaking(edge);
  const named = callers.filter((caller) => principalArn(caller) !== undefined);
  const evidence = named.map((caller) => callerEvidence(graph, caller));
  const policies = evidence
    .flatMap((each) => (each.known === "nothing" ? [] : each.policies))
    .filter((policy) => allowsAssuming(policy, edge.to.arn))
    .map(({ name }) => name);
  return {
    isNeeded: callers.length === 0 || named.length > 0,
    isMade: named.length > 0 && evidence.every(({ known }) => known === "all"),
    policies: [...new Set(policies)],
  };
}

/** Whether a role takes an edge, also where a principal of the map names it. */
export function isTakenBy(edge: Edge, roleArn: string): boolean {
  return callersTaking(edge).some((caller) => principalArn(caller) === roleArn);
}

/** Who takes an edge does not depend on the organizations of accounts. */
const NO_ACCOUNTS: Parameters<typeof entryCallers>[2] = new Map();

function callersTaking({ from, toAccount }: Edge): readonly Caller[] {
  return from.kind === "role"
    ? [sessionOf(from.role.arn)]
    : entryCallers(from.wayIn.principal, toAccount, NO_ACCOUNTS).map(({ caller }) => caller);
}

function allowsAssuming({ document }: PermissionPolicy, roleArn: string): boolean {
  return (
    document.known &&
    document.value.Statement.some(
      (statement) =>
        statement.Effect === "Allow" &&
        evaluateAction(statement, "sts:AssumeRole").outcome === "match" &&
        isAbout(statement, roleArn),
    )
  );
}

function isAbout({ Resource, NotResource }: Statement, roleArn: string): boolean {
  const matches = (pattern: string): boolean =>
    matchResource(globOf(pattern), roleArn).outcome !== "no-match";
  return Resource === undefined
    ? !valuesOf(NotResource).some(matches)
    : valuesOf(Resource).some(matches);
}
