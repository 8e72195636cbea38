import type { Account, AccountMap, Pipeline } from "../../account-map/model/account-map";
import { ACCOUNT_PLAN_ROLE_PATH, pipelineAccounts } from "../pipeline/pipeline-accounts";
import { newDraft } from "./role-draft";
import type { LocatedRole, RoleDraft } from "./role-draft";
import { stateStatements } from "./state-statements";

/** Ids of the two roles. */
export const PIPELINE_ROLE_IDS = { plan: "pipeline-plan", apply: "pipeline-apply" } as const;

/**
 * The roles that the pipeline assumes. To plan, it goes on to the role of each account that only
 * reads, and reads states; to apply, to the deployment role of each account, and writes and locks
 * states. Neither can do what the other can.
 */
export function draftPipeline({ pipeline, accounts, state }: AccountMap): RoleDraft[] {
  if (pipeline === undefined) return [];
  const reached = pipelineAccounts(pipeline, accounts.values());
  const read = reached.map(({ account }) => accountPlanRole(pipeline, account));
  const deploy = reached.map(({ account, deploymentRole: { roleName: name, path } }) => ({
    name,
    path,
    account,
  }));
  const { partition } = pipeline.account;
  const draft = (key: "plan" | "apply", existingTargets: readonly LocatedRole[]): RoleDraft => {
    const { settings, waysIn } = pipeline[key];
    const statements = stateStatements(state, partition, key === "plan" ? "read" : "write");
    return newDraft({
      id: PIPELINE_ROLE_IDS[key],
      kind: "pipeline",
      words: ["pipeline", key],
      settings: { ...settings, permissions: { ...settings.permissions, statements } },
      account: pipeline.account,
      waysIn,
      existingTargets,
    });
  };
  return [draft("plan", read), draft("apply", deploy)];
}

function accountPlanRole({ accountPlanRole: name }: Pipeline, account: Account): LocatedRole {
  return { name, path: ACCOUNT_PLAN_ROLE_PATH, account };
}
