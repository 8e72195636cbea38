/** A role as a test tells it; what is left out is usual. */
export interface AnsweredRole {
  readonly account: string;
  readonly name: string;
  readonly path?: string;
  readonly trust: unknown;
  readonly inline?: Readonly<Record<string, unknown>>;
  readonly attached?: readonly string[];
  readonly boundary?: string;
  readonly profiles?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly maxSession?: number;
  readonly description?: string;
}

/** A document of one statement, or of several. */
export function policy(...Statement: readonly object[]): object {
  return { Version: "2012-10-17", Statement };
}

/** A trust that lets principals assume the role, on conditions. */
export function trust(Principal: unknown, Condition?: object): object {
  const conditions = Condition === undefined ? {} : { Condition };
  return policy({ Effect: "Allow", Principal, Action: "sts:AssumeRole", ...conditions });
}

/** The answers of IAM about roles: the authorization details, and the list of the roles. */
export function answersOf(
  roles: readonly AnsweredRole[],
  policies: Readonly<Record<string, unknown>> = {},
): { file: string; value: unknown }[] {
  const details = {
    UserDetailList: [],
    GroupDetailList: [],
    RoleDetailList: roles.map((role) => ({
      ...placeOf(role),
      AssumeRolePolicyDocument: role.trust,
      RolePolicyList: Object.entries(role.inline ?? {}).map(([PolicyName, PolicyDocument]) => ({
        PolicyName,
        PolicyDocument,
      })),
      AttachedManagedPolicies: (role.attached ?? []).map((PolicyArn) => ({ PolicyArn })),
      InstanceProfileList: (role.profiles ?? []).map((InstanceProfileName) => ({
        InstanceProfileName,
        Path: role.path ?? "/",
      })),
      Tags: Object.entries(role.tags ?? {}).map(([Key, Value]) => ({ Key, Value })),
      ...(role.boundary === undefined
        ? {}
        : { PermissionsBoundary: { PermissionsBoundaryArn: role.boundary } }),
    })),
    Policies: Object.entries(policies).map(([Arn, Document]) => ({
      Arn,
      DefaultVersionId: "v2",
      PolicyVersionList: [
        { VersionId: "v1", IsDefaultVersion: false, Document: policy() },
        { VersionId: "v2", IsDefaultVersion: true, Document },
      ],
    })),
    IsTruncated: false,
  };
  const list = roles.map((role) => ({
    ...placeOf(role),
    MaxSessionDuration: role.maxSession ?? 3600,
    ...(role.description === undefined ? {} : { Description: role.description }),
  }));
  return [
    { file: "details.json", value: details },
    { file: "roles.json", value: { Roles: list } },
  ];
}

function placeOf({ account, name, path = "/" }: AnsweredRole): object {
  return { Arn: `arn:aws:iam::${account}:role${path}${name}`, RoleName: name, Path: path };
}
