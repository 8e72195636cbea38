import type { ResolvedAccess, RolePlan } from "../../../lib/plan/resolved-access";

/** What IAM would tell of everything that a plan makes: authorization details of each account, with the list of its roles. */
export function authorizationDetailsOf(plan: ResolvedAccess): { file: string; value: unknown }[] {
  return plan.accounts.map(({ account, roles, boundaries }) => {
    const made = [...roles.flatMap(({ policies }) => policies.customer), ...boundaries];
    return {
      file: `${account.key}.json`,
      value: {
        UserDetailList: [],
        GroupDetailList: [],
        RoleDetailList: roles.map((role) => roleDetail(role, plan)),
        Policies: made.map(({ name, arn, path, document }) => ({
          PolicyName: name,
          Arn: arn,
          Path: path,
          DefaultVersionId: "v1",
          PolicyVersionList: [
            { VersionId: "v1", IsDefaultVersion: true, Document: inUrl(document) },
          ],
        })),
        IsTruncated: false,
        Roles: roles.map(({ arn, name, path, description, maxSessionSeconds }) => ({
          Arn: arn,
          RoleName: name,
          Path: path,
          Description: description,
          MaxSessionDuration: maxSessionSeconds,
        })),
      },
    };
  });
}

function roleDetail(role: RolePlan, { tags }: ResolvedAccess): object {
  const { arn, name, path, trust, policies, permissionsBoundary, instanceProfiles } = role;
  const attached = [...policies.managed, ...policies.customer];
  return {
    Arn: arn,
    RoleName: name,
    Path: path,
    AssumeRolePolicyDocument: inUrl(trust),
    RolePolicyList: policies.inline.map((policy) => ({
      PolicyName: policy.name,
      PolicyDocument: inUrl(policy.document),
    })),
    AttachedManagedPolicies: attached.map((policy) => ({
      PolicyName: policy.arn.split("/").at(-1),
      PolicyArn: policy.arn,
    })),
    InstanceProfileList: instanceProfiles.map((profile) => ({
      InstanceProfileName: profile,
      Path: path,
    })),
    Tags: Object.entries({ ...tags, ...role.tags }).map(([Key, Value]) => ({ Key, Value })),
    ...(permissionsBoundary === undefined
      ? {}
      : {
          PermissionsBoundary: {
            PermissionsBoundaryType: "Policy",
            PermissionsBoundaryArn: permissionsBoundary.arn,
          },
        }),
  };
}

function inUrl(document: object): string {
  return encodeURIComponent(JSON.stringify(document));
}
