import { PIPELINE_ROLE_IDS } from "../draft/pipeline-drafts";
import type { PlanScope } from "../plan-scope";
import type { PipelinePlan, RolePlan } from "../resolved-access";
import { pipelineAccounts } from "./pipeline-accounts";

/** The pipeline with the roles that it assumes, or nothing where the map has none. */
export function planPipeline(
  roles: readonly RolePlan[],
  { map: { pipeline, accounts } }: PlanScope,
): PipelinePlan | undefined {
  const planRole = roles.find(({ id }) => id === PIPELINE_ROLE_IDS.plan);
  const applyRole = roles.find(({ id }) => id === PIPELINE_ROLE_IDS.apply);
  if (pipeline === undefined || planRole === undefined || applyRole === undefined) return undefined;
  return { pipeline, planRole, applyRole, accounts: pipelineAccounts(pipeline, accounts.values()) };
}
