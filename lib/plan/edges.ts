import type { AccountMap } from "../account-map/model/account-map";
import { principalOfChain } from "./draft/chain-starts";
import { chainStart, chainSteps } from "./draft/declared-edges";
import type { DraftsOf } from "./draft/declared-edges";
import type { RoleDraft } from "./draft/role-draft";
import type { ChainPlan, Edge, EdgeStart, RolePlan } from "./resolved-access";
import type { PlannedRole } from "./role/plan-role";

/** The plan of a role by its draft. */
export type PlanOf = (draft: RoleDraft) => RolePlan;

/** Indexes planned roles by their drafts. */
export function indexPlans(roles: readonly PlannedRole[]): PlanOf {
  const plans = new Map(roles.map(({ draft, plan }) => [draft, plan]));
  return (draft) => {
    const plan = plans.get(draft);
    if (plan === undefined) throw new Error(`the role ${draft.id} was not planned`);
    return plan;
  };
}

/** Every declared edge: what each trust policy allows, with the statements that say so. */
export function planEdges(roles: readonly PlannedRole[], planOf: PlanOf): Edge[] {
  return roles.flatMap(({ draft, plan: to, trust }) =>
    trust.callers.map(({ from, externalIds, statements }): Edge => {
      const common = { to, toAccount: draft.account, externalIds, trust: statements };
      return "caller" in from
        ? { from: roleStart(from.caller, planOf), ...common, at: to.at }
        : { from: { kind: "principal", wayIn: from }, ...common, at: from.at };
    }),
  );
}

/** The chains of the map, with the roles of each step. */
export function planChains(
  { chains }: AccountMap,
  draftsOf: DraftsOf,
  planOf: PlanOf,
): ChainPlan[] {
  return [...chains.values()].flatMap((chain): ChainPlan[] => {
    const wayIn = principalOfChain(chain);
    const starts: EdgeStart[] =
      wayIn === undefined
        ? chainStart(chain, draftsOf).map((draft) => roleStart(draft, planOf))
        : [{ kind: "principal", wayIn }];
    const steps = chainSteps(chain, draftsOf).map((drafts) =>
      drafts.map((draft) => ({ role: planOf(draft), account: draft.account })),
    );
    return starts.map((start) => ({ key: chain.key, start, steps, at: chain.at }));
  });
}

function roleStart(draft: RoleDraft, planOf: PlanOf): EdgeStart {
  const { account, trustMode } = draft;
  return { kind: "role", role: planOf(draft), account, trustMode };
}
