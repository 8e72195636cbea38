import type { Assertion } from "../../account-map/model/assertion";
import type { Diagnostic } from "../../diagnostics/diagnostic";
import type { ResolvedAccess } from "../../plan/resolved-access";
import { assumedBoundaries } from "./assumed-boundaries";
import { checkAssertions } from "./check-assertions";
import { compareInventory } from "./compare-inventory";
import { comparePermissions } from "./compare-permissions";
import { assumedOfControls } from "../controls/assumed-controls";
import { NO_CONTROL_POLICIES } from "../decide/control-policies";
import type { ControlPolicies } from "../decide/control-policies";
import { declaredTrust } from "../declared/declared-trust";
import { planControlPolicies } from "../decide/effective-control-policies";
import type { AccountDirectory } from "../account-directory";
import { foldWarnings } from "./fold-warnings";
import type { FoldedWarning } from "./fold-warnings";
import type { ProofProblem } from "./proof-problem";
import { proveControlPolicies } from "./prove-control-policies";
import { proveEdges } from "./prove-edges";
import { proveTrust } from "./prove-trust";
import { UNATTACHED } from "../read/unattached-policies";
import type { UnreadInAnswer } from "../unread/in-the-way";
import type { Unread } from "../unread/unread";
import { declaresNothing } from "../../plan/resolved-access";
import { readAccessGraph, readPossiblyEmptyGraph } from "../read/read-access-graph";
import type { StackSource } from "../read/read-access-graph";

/** What is proved: that the Terraform grants exactly what the plan declares. */
export interface ProofInput {
  readonly plan: ResolvedAccess;
  readonly accounts: AccountDirectory;
  readonly stacks: readonly StackSource[];
  /** What the map asserts of the access as a whole. @default - nothing */
  readonly assertions?: readonly Assertion[];
  /** @default - those of the plan */
  readonly controls?: ControlPolicies;
  /** Told now and then how many of the roles and ways in were proved. @default - nobody */
  readonly onProgress?: (done: number, total: number) => void;
}

/** What came of a proof, and how much was proved. */
export interface Proof {
  readonly verdict: "proved" | "refuted" | "unknown";
  readonly problems: readonly ProofProblem[];
  /** What could not be read of the Terraform. */
  readonly diagnostics: readonly Diagnostic[];
  /** Warnings about the Terraform, each once for all accounts of which it says the same. */
  readonly warnings: readonly FoldedWarning[];
  /** What was not read; for a proof, which asks about everything, all of it matters. */
  readonly unread: readonly UnreadInAnswer[];
  /** What it takes for granted beyond the axioms: what the map says of policies that are made elsewhere. */
  readonly assumed: readonly string[];
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
  const { plan, accounts, controls = planControlPolicies(plan) } = input;
  // A map of accounts alone declares nothing, and then there is nothing to find.
  const read = declaresNothing(plan) ? readPossiblyEmptyGraph : readAccessGraph;
  const { graph: whole, diagnostics } = read(input.stacks, plan.boundaryTexts);
  // What was not read is told once, by its findings, and not at each role that it could change.
  const graph = { ...whole, unread: [] };
  const world = { graph, accounts, controls };
  const { rest, folded } = foldWarnings(diagnostics, input.stacks, plan);
  const unread = diagnostics.some(({ severity }) => severity === "error");
  const planned = new Map(
    plan.accounts.flatMap(({ roles }) => roles.map((role) => [role.arn, role] as const)),
  );
  const total = planned.size + plan.edges.length;
  const onProved = (done: number): void => input.onProgress?.(done, total);
  const problems = [
    ...compareInventory(plan, graph),
    ...proveTrust({ planned, declared: declaredTrust(plan), graph, accounts, onProved }),
    ...comparePermissions(plan, graph),
    // What control policies say of them is asked below, for every declared value.
    ...proveEdges(plan, { ...world, controls: NO_CONTROL_POLICIES }, (edges) => {
      onProved(planned.size + edges);
    }),
    ...proveControlPolicies(plan, world),
    ...checkAssertions(input.assertions ?? [], plan, world),
  ];
  const refuted = problems.some(({ verdict }) => verdict === "refuted");
  return {
    verdict: refuted ? "refuted" : problems.length > 0 || unread ? "unknown" : "proved",
    problems,
    diagnostics: rest,
    warnings: folded,
    unread: unreadInProof(whole.unread ?? []),
    assumed: [
      ...assumedBoundaries(plan),
      ...assumedOfControls(plan, world, input.assertions ?? []),
    ],
    roles: planned.size,
    edges: plan.edges.length,
    chains: plan.chains.length,
  };
}

/** A proof asks about everything. Policies that nothing attaches were read: whether the map declares them decides. */
function unreadInProof(unread: readonly Unread[]): readonly UnreadInAnswer[] {
  return unread
    .filter(({ rule }) => rule !== UNATTACHED)
    .map((each) => ({ ...each, matters: true }));
}
