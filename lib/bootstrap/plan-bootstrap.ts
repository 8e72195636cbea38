import type { Account, StateBackend } from "../account-map/model/account-map";
import { locationOf, oidcProviderArn, roleArn } from "../iam/arn";
import { LIMITS } from "../iam/limits";
import { policyDocument } from "../iam/policy-document";
import type { PolicyDocument, Statement } from "../iam/policy-document";
import { policySize } from "../iam/policy-text";
import type { AccountPlan } from "../plan/resolved-access";
import { ACCOUNT_PLAN_ROLE_PATH } from "../plan/pipeline/pipeline-accounts";
import { managedEntities } from "./account-bootstrap";
import { accountPlanPermissions } from "./read-statements";
import { administratorRole } from "./administrator-roles";
import { accountBoundaries } from "./bootstrap-boundaries";
import type { BoundaryInput } from "./bootstrap-boundaries";
import type { Bootstrap, BootstrapRole, BootstrapStack, StateBucket } from "./bootstrap-stack";
import { bootstrapTrust } from "./bootstrap-trust";
import { deploymentPermissions } from "./deployment-role";
import { foreignOidcProviders } from "./foreign-oidc-providers";

/** Name of the deployment role that takes the place of one that others make. */
export const DEPLOYMENT_ROLE_NAME = "trustwheel-deployment";

/** Name of the role that plans assume, where no pipeline names one. */
export const PLAN_ROLE_NAME = "trustwheel-account-plan";

/** A role of a mapped account that is trusted in addition to the pipeline. */
export interface BootstrapCaller {
  readonly account: Account;
  readonly arn: string;
}

/** What a bootstrap is planned from. */
export interface BootstrapInput extends BoundaryInput {
  /** Who is trusted in addition to the pipeline, such as a role to apply by hand. */
  readonly callers: readonly BootstrapCaller[];
  /** Accounts to prepare. @default - all */
  readonly only?: readonly Account[];
  /** The account of the state bucket. @default - that of the pipeline; no bucket is made without one */
  readonly stateAccount?: Account;
}

/**
 * What must exist in every account in which Terraform assumes a role, before it can; nothing in accounts
 * that it runs in already. The pipeline's own roles are not among it: Terraform creates them, once by
 * hand, and one owner is enough.
 */
export function planBootstrap(input: BootstrapInput): Bootstrap {
  const { map, plan, only, stateAccount = map.pipeline?.account } = input;
  const stacks = plan.accounts.flatMap((each) =>
    each.account.deploymentRole === undefined || only?.includes(each.account) === false
      ? []
      : [bootstrapStack(each, input)],
  );
  const bucket =
    stateAccount === undefined || only?.includes(stateAccount) === false
      ? undefined
      : stateBucket(map.state, stateAccount);
  return { stacks, ...(bucket === undefined ? {} : { stateBucket: bucket }) };
}

function bootstrapStack(plan: AccountPlan, input: BootstrapInput): BootstrapStack {
  const { account } = plan;
  const { map, callers } = input;
  const location = locationOf(account);
  const named = account.deploymentRole;
  const other = named === undefined ? undefined : administratorRole(named.roleName);
  const target =
    named === undefined || other !== undefined
      ? { roleName: DEPLOYMENT_ROLE_NAME, path: "/" }
      : named;
  const deploymentArn = roleArn(location, target.path, target.roleName);
  const planName = map.pipeline?.accountPlanRole ?? PLAN_ROLE_NAME;
  const planArn = roleArn(location, ACCOUNT_PLAN_ROLE_PATH, planName);
  const boundaries = accountBoundaries(plan, input);
  const own = managedEntities(plan, map.policyPath);
  // A role that is added later has the map's path, and needs no new bootstrap.
  const entities = { ...own, rolePaths: [...new Set([...own.rolePaths, map.policyPath])].sort() };
  const oidcProviders = foreignOidcProviders(plan, input.plan);
  const look = lookingStatements(
    boundaries.made.map(({ arn }) => arn),
    oidcProviders.map(({ url }) => oidcProviderArn(location, url)),
  );
  const deployment = deploymentPermissions({
    entities,
    boundaryArns: boundaries.arns,
    protectedRoleArns: [deploymentArn, planArn],
  });
  const { pipeline } = input.plan;
  const externalId = "externalId" in target ? target.externalId : undefined;
  const trust = (entered: string | undefined, passed?: string): PolicyDocument =>
    trustIn(
      entered === undefined ? undefined : pipeline?.pipeline.account,
      entered,
      callers,
      passed,
    );
  const deploymentRole: BootstrapRole = {
    name: target.roleName,
    path: target.path,
    arn: deploymentArn,
    description: "Terraform applies the account map with it",
    trust: trust(pipeline?.applyRole.arn, externalId),
    permissions: policyDocument([...deployment.document.Statement, ...look]),
  };
  return {
    account,
    deploymentRole,
    planRole: {
      name: planName,
      path: ACCOUNT_PLAN_ROLE_PATH,
      arn: planArn,
      description: "Terraform plans the account map with it; it only reads",
      trust: trust(pipeline?.planRole.arn),
      permissions: policyDocument([...accountPlanPermissions(entities).Statement, ...look]),
    },
    boundaries: boundaries.made,
    oidcProviders,
    ...(named === undefined || other === undefined
      ? {}
      : {
          administrator: {
            name: named.roleName,
            arn: roleArn(location, named.path, named.roleName),
          },
        }),
    administratorBecause: deployment.administratorBecause,
    notes: [...boundaries.notes, ...sizeNotes(deploymentRole)],
  };
}

/** Everyone who is trusted, each by its account and pinned by its ARN. */
function trustIn(
  pipelineAccount: Account | undefined,
  pipelineRole: string | undefined,
  callers: readonly BootstrapCaller[],
  externalId: string | undefined,
): PolicyDocument {
  const passed = externalId === undefined ? {} : { externalId };
  const pipeline: readonly Statement[] =
    pipelineAccount === undefined || pipelineRole === undefined
      ? []
      : bootstrapTrust({ callerAccount: pipelineAccount, callerArn: pipelineRole, ...passed })
          .Statement;
  const others = callers.flatMap(({ account, arn }, index) =>
    bootstrapTrust({ callerAccount: account, callerArn: arn, ...passed }).Statement.map(
      (statement) => ({ ...statement, Sid: `Caller${String(index + 1)}` }),
    ),
  );
  return policyDocument([...pipeline, ...others]);
}

/** What `trustwheel doctor` checks in addition to what Terraform manages. */
function lookingStatements(
  boundaryArns: readonly string[],
  providerArns: readonly string[],
): Statement[] {
  const look = (sid: string, action: string, on: readonly string[]): Statement[] =>
    on.length === 0 ? [] : [{ Sid: sid, Effect: "Allow", Action: action, Resource: on }];
  return [
    ...look("SeeBoundaries", "iam:GetPolicy", boundaryArns),
    ...look("SeeOidcProviders", "iam:GetOpenIDConnectProvider", providerArns),
  ];
}

function sizeNotes({ name, permissions }: BootstrapRole): string[] {
  const size = policySize(permissions);
  return size <= LIMITS.inlinePolicySize
    ? []
    : [
        `the permissions of ${name} have ${String(size)} characters, IAM allows ${String(LIMITS.inlinePolicySize)} (ID-20): use fewer role paths, users or grants in this account`,
      ];
}

/** The bucket of state in S3, in an account; nothing for state elsewhere. */
function stateBucket(state: StateBackend, account: Account): StateBucket | undefined {
  if (state.kind !== "s3") return undefined;
  const { bucket: name, region, kmsKey } = state;
  const arn = `arn:${account.partition}:s3:::${name}`;
  return {
    account,
    name,
    region,
    arn,
    ...(kmsKey === undefined ? {} : { kmsKey }),
    policy: policyDocument([
      {
        Sid: "OnlyByTls",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [arn, `${arn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]),
  };
}
