import { locationOf } from "../iam/arn";
import type { ResolvedAccess, AccountPlan } from "../plan/resolved-access";
import { accountPlanRoleArn, deploymentRoleArn } from "../plan/pipeline/pipeline-accounts";
import type { ManagedEntities } from "./managed-entities";

/** What is managed in an account, as its plan says. */
export function managedEntities(plan: AccountPlan, policyPath: string): ManagedEntities {
  return {
    location: locationOf(plan.account),
    rolePaths: plan.roles.map(({ path }) => path),
    policyPath,
    users: plan.users,
    grantees: plan.grants.filter(({ created }) => !created),
    oidcUrls: plan.oidcProviders.map(({ url }) => url),
    samlNames: plan.samlProviders.map(({ name }) => name),
  };
}

/** ARNs of the existing permissions boundaries that the roles of an account have; none if a role has none. */
export function existingBoundaries(plan: AccountPlan): readonly string[] {
  const boundaries = plan.roles.map(({ permissionsBoundary }) => permissionsBoundary);
  if (boundaries.some((boundary) => boundary === undefined || boundary.policyId !== undefined)) {
    return []; // what the deployment role makes itself does not bound it
  }
  return [...new Set(boundaries.flatMap((boundary) => boundary?.arn ?? []))].sort();
}

/** The roles of an account that exist before Terraform does, in terms of the pipeline. */
export interface AccountBootstrap {
  readonly accountKey: string;
  readonly deploymentRoleArn: string;
  readonly accountPlanRoleArn: string;
  /** Who assumes them: the pipeline's roles. */
  readonly applyRoleArn: string;
  readonly planRoleArn: string;
}

/** What must exist in each account before the pipeline can work there; nothing without a pipeline. */
export function accountBootstraps({
  pipeline: planned,
}: ResolvedAccess): readonly AccountBootstrap[] {
  if (planned === undefined) return [];
  const { pipeline, accounts, applyRole, planRole } = planned;
  return accounts.map((reached) => ({
    accountKey: reached.account.key,
    deploymentRoleArn: deploymentRoleArn(reached),
    accountPlanRoleArn: accountPlanRoleArn(pipeline, reached.account),
    applyRoleArn: applyRole.arn,
    planRoleArn: planRole.arn,
  }));
}
