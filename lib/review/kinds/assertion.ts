import { checkAssertions } from "../../access/proof/check-assertions";
import type { ProofProblem } from "../../access/proof/proof-problem";
import type { Assertion } from "../../account-map/model/assertion";
import { describeAssertion } from "../../account-map/model/describe-assertion";
import type { ResolvedAccess } from "../../plan/resolved-access";
import type { CompareContext, ComparedSide } from "../compare/compare-context";
import { say } from "../words/text";
import type { ChangeKind } from "./change-kind";
import { addTo } from "../../values/group";

/** An assertion of the base's map that holds in base and would not in head. */
export interface AssertionChange {
  readonly kind: "assertion";
  /** The assertion in words. */
  readonly assertion: string;
  readonly message: string;
}

/** Assertions that would no longer hold. */
export const assertionKind: ChangeKind<AssertionChange> = {
  kind: "assertion",
  title: "Broken assertions",
  find: assertionChanges,
  subject: () => undefined,
  order: ({ assertion, message }) => [assertion, message],
  triggers: () => ["broken-assertion"],
  finding: () => "review-broken-assertion",
  sentence: ({ assertion, message }) =>
    say`the assertion ${assertion} would no longer hold: ${message}`,
};

/**
 * Assertions of the base's map that hold in base and would not in head. Without a plan, which says what the
 * entries of the map are, they are unknown.
 */
function assertionChanges(context: CompareContext): readonly AssertionChange[] {
  const { base, head } = context;
  const assertions = base.tree.map?.assertions ?? [];
  if (assertions.length === 0) return [];
  const plan = head.tree.plan ?? base.tree.plan;
  if (plan === undefined) return [];
  const broken = problemsOf(assertions, head, plan);
  if (broken.size === 0) return [];
  // Mostly all assertions hold: only of those that do not it is asked whether they did.
  const before = problemsOf([...broken.keys()], base, base.tree.plan ?? plan);
  return [...broken].flatMap(([assertion, problems]) =>
    before.has(assertion)
      ? []
      : problems.map(({ roleArn, message }) => ({
          kind: "assertion" as const,
          assertion: describeAssertion(assertion),
          message: `${roleArn} ${message}`,
        })),
  );
}

function problemsOf(
  assertions: readonly Assertion[],
  { graph, accounts, world }: ComparedSide,
  plan: ResolvedAccess,
): ReadonlyMap<Assertion, readonly ProofProblem[]> {
  const { controls } = world;
  const found = new Map<Assertion, ProofProblem[]>();
  for (const problem of checkAssertions(assertions, plan, { graph, accounts, controls })) {
    const assertion = assertions.find(({ at }) => at === problem.at);
    if (assertion === undefined) continue;
    addTo(found, assertion, problem);
  }
  return found;
}
