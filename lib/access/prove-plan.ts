import type { Assertion } from "../account-map/assertion";
import type { Diagnostic } from "../diagnostics/diagnostic";
import type { AccessPlan } from "../plan/access-plan";
import { checkAssertions } from "./check-assertions";
import { compareInventory } from "./compare-inventory";
import { comparePermissions } from "./compare-permissions";
import { NO_CONTROL_POLICIES } from "./decide/control-policies";
import type { ControlPolicies } from "./decide/control-policies";
import { declaredTrust } from "./declared-trust";
import type { AccountDirectory } from "./environment";
import type { ProofProblem } from "./proof-problem";
import { proveEdges } from "./prove-edges";
import { proveTrust } from "./prove-trust";
import { readAccessGraph } from "./read/read-access-graph";
import type { StackText } from "./read/terraform-stack";

/** What is proved: that the Terraform grants exactly what the plan declares. */
export interface ProofInput {
  readonly plan: AccessPlan;
  readonly accounts: AccountDirectory;
  readonly stacks: readonly StackText[];
  /** What the map asserts of the access as a whole. @default - nothing */
  readonly assertions?: readonly Assertion[];
  /** @default - none were supplied, and none take part */
  readonly controls?: ControlPolicies;
}

/** What came of a proof, and how much was proved. */
export interface Proof {
  readonly verdict: "proved" | "refuted" | "unknown";
  readonly problems: readonly ProofProblem[];
  /** What could not be read of the Terraform. */
  readonly diagnostics: readonly Diagnostic[];
  readonly roles: number;
  readonly edges: number;
  readonly chains: number;
}

/**
 * Proves that synthesized Terraform grants exactly the access that a plan declares: it makes the declared
 * roles, users, instance profiles and identity providers and no others; each trust policy lets in, of all
 * callers in the world, exactly the declared ones; each role and user is permitted what was declared for it;
 * every edge that is ours on both sides works, with every external id and with all that sessions carry, and
 * so does every hop of every chain; and what the map asserts holds.
 */
export function provePlan(input: ProofInput): Proof {
  const { plan, accounts, controls = NO_CONTROL_POLICIES } = input;
  const { graph, diagnostics } = readAccessGraph(input.stacks);
  const world = { graph, accounts, controls };
  const unread = diagnostics.some(({ severity }) => severity === "error");
  const planned = new Map(
    plan.accounts.flatMap(({ roles }) => roles.map((role) => [role.arn, role] as const)),
  );
  const problems = [
    ...compareInventory(plan, graph),
    ...proveTrust({ planned, declared: declaredTrust(plan), graph, accounts }),
    ...comparePermissions(plan, graph),
    ...proveEdges(plan, world),
    ...checkAssertions(input.assertions ?? [], plan, world),
  ];
  const refuted = problems.some(({ verdict }) => verdict === "refuted");
  return {
    verdict: refuted ? "refuted" : problems.length > 0 || unread ? "unknown" : "proved",
    problems,
    diagnostics,
    roles: planned.size,
    edges: plan.edges.length,
    chains: plan.chains.length,
  };
}
