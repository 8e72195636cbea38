import type { ResolvedAccess, AccountPlan } from "../lib/plan/resolved-access";
import { roleArn } from "../lib/iam/arn";
import { terraformPolicyText } from "../lib/iam/policy-text";

/** The resources of a stack as plain values, policies as finished texts: what a bare program starts from. */
export interface PlainStack {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly deploymentRoleArn: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly boundaries: readonly PlainPolicy[];
  readonly roles: readonly PlainRole[];
}

/** A policy by name; `id` is that of its resource. */
export interface PlainPolicy {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly text: string;
}

/** A role and what is attached to it. */
export interface PlainRole {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly description: string;
  readonly maxSessionSeconds: number;
  readonly boundaryId: string;
  readonly trust: string;
  readonly inline: readonly PlainPolicy[];
  readonly managed: readonly { readonly id: string; readonly arn: string }[];
}

/** What a plan amounts to, as plain values. Only what generated projects use: no chains, users or providers. */
export function plainStacks(plan: ResolvedAccess): PlainStack[] {
  return plan.accounts.map((accountPlan) => plainStack(accountPlan, plan.tags));
}

function plainStack(
  { account, roles, boundaries }: AccountPlan,
  tags: PlainStack["tags"],
): PlainStack {
  const location = { partition: account.partition, accountId: account.id };
  const deployment = account.deploymentRole;
  if (deployment === undefined) throw new Error(`${account.key} has no deployment role`);
  return {
    name: account.key,
    accountId: account.id,
    region: account.region,
    deploymentRoleArn: roleArn(location, deployment.path, deployment.roleName),
    tags,
    boundaries: boundaries.map(({ id, name, path, document }) => ({
      id,
      name,
      path,
      text: terraformPolicyText(document),
    })),
    roles: roles.map((role) => ({
      id: role.id,
      name: role.name,
      path: role.path,
      description: role.description,
      maxSessionSeconds: role.maxSessionSeconds,
      boundaryId: role.permissionsBoundary?.policyId ?? "",
      trust: terraformPolicyText(role.trust),
      inline: role.policies.inline.map(({ name, document }) => ({
        id: `${role.id}_policy-${name}`,
        name,
        path: "/",
        text: terraformPolicyText(document),
      })),
      managed: role.policies.managed.map(({ name, arn }) => ({
        id: `${role.id}_attachment-${name}`,
        arn,
      })),
    })),
  };
}
