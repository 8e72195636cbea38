import type { Account, DeploymentRole, Pipeline } from "../../account-map/model/account-map";
import { locationOf, roleArn } from "../../iam/arn";

/** An account that a pipeline works in. */
export interface PipelineAccount {
  readonly account: Account;
  /** The role that Terraform assumes there to apply. */
  readonly deploymentRole: DeploymentRole;
}

/** The accounts with a deployment role that the pipeline's own account can reach directly. */
export function pipelineAccounts(
  pipeline: Pipeline,
  accounts: Iterable<Account>,
): PipelineAccount[] {
  return [...accounts].flatMap((account) => {
    const { deploymentRole, partition } = account;
    const reachable = deploymentRole?.via.length === 0 && partition === pipeline.account.partition;
    return deploymentRole === undefined || !reachable ? [] : [{ account, deploymentRole }];
  });
}

/** ARN of the role of an account that applies assume. */
export function deploymentRoleArn({ account, deploymentRole }: PipelineAccount): string {
  return roleArn(locationOf(account), deploymentRole.path, deploymentRole.roleName);
}

/** Path of the role of every account that plans assume: outside of the path of the roles that are made. */
export const ACCOUNT_PLAN_ROLE_PATH = "/";

/** ARN of the role of an account that plans assume. */
export function accountPlanRoleArn(pipeline: Pipeline, account: Account): string {
  return roleArn(locationOf(account), ACCOUNT_PLAN_ROLE_PATH, pipeline.accountPlanRole);
}
