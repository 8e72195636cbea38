import type { Assertion } from "../../account-map/model/assertion";
import { checkAssertions } from "../../access/proof/check-assertions";
import type { ProofProblem } from "../../access/proof/proof-problem";
import type { ResolvedAccess } from "../../plan/resolved-access";
import type { AssertionChange, UnknownChange } from "./access-change";
import type { CompareContext, ComparedSide } from "../compare/compare-context";
import { describeAssertion } from "../../account-map/model/describe-assertion";

/**
 * Assertions of the base's map that hold in base and would not in head. Without a plan, which says what the
 * entries of the map are, they are unknown.
 */
export function assertionChanges(
  context: CompareContext,
): readonly (AssertionChange | UnknownChange)[] {
  const { base, head } = context;
  const assertions = base.tree.map?.assertions ?? [];
  if (assertions.length === 0) return [];
  const plan = head.tree.plan ?? base.tree.plan;
  if (plan === undefined) {
    return assertions.map((assertion) => ({
      kind: "unknown",
      subject: describeAssertion(assertion),
      reason: "the roles that the assertion names are unknown without the resolved map",
    }));
  }
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
    found.set(assertion, [...(found.get(assertion) ?? []), problem]);
  }
  return found;
}
