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

/** ARNs of the permissions boundaries of an account's roles that exist before Terraform does, sorted. */
export function existingBoundaries(plan: AccountPlan): readonly string[] {
  const boundaries = plan.roles.flatMap(({ permissionsBoundary }) => permissionsBoundary ?? []);
  const existing = boundaries.filter(({ policyId }) => policyId === undefined);
  return [...new Set(existing.map(({ arn }) => arn))].sort();
}

/** ARNs of the existing boundaries, if every role of an account has one; else none, because nothing bounds a role. */
export function bindingBoundaries(plan: AccountPlan): readonly string[] {
  const isBound = plan.roles.every(
    // What the deployment role makes itself does not bound it.
    ({ permissionsBoundary: boundary }) =>
      boundary !== undefined && boundary.policyId === undefined,
  );
  return isBound ? existingBoundaries(plan) : [];
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
