import {
  GetOpenIDConnectProviderCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetSAMLProviderCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListOpenIDConnectProvidersCommand,
  ListRolePoliciesCommand,
  ListSAMLProvidersCommand,
  ListUserPoliciesCommand,
  paginateListInstanceProfiles,
  paginateListRoles,
  paginateListUsers,
} from "@aws-sdk/client-iam";
import type { AttachedPolicy, IAMClient } from "@aws-sdk/client-iam";
import type {
  AccessGraph,
  GrantNode,
  InstanceProfileNode,
  PermissionPolicy,
  ProviderNode,
  RoleNode,
  UserNode,
} from "../../../lib/access/access-graph";
import { parsePolicy } from "../../../lib/access/read/policy-value";
import type { Tags } from "../../../lib/account-map/model/account-map";
import type { AccountLocation } from "../../../lib/iam/arn";
import type { EmulatedAccounts } from "./emulated-accounts";
import { tagMap } from "./emulated-terraform/resource-kind";

/** What there is in emulated accounts, as IAM tells it. */
export interface EmulatedAccess {
  readonly graph: AccessGraph;
  /** By ARN. */
  readonly roles: ReadonlyMap<string, EmulatedRole>;
}

/** What IAM tells of a role beyond its policies. */
export interface EmulatedRole {
  /** Unique id: another one means that the role was made anew. */
  readonly roleId: string;
  readonly name: string;
  readonly path: string;
  readonly description: string;
  readonly maxSessionSeconds: number;
  /** @default - none */
  readonly boundary?: string;
  readonly tags: Tags;
}

/** Everything is read that is there: nothing else is attached to anybody. */
const EXCLUSIVE = { inline: true, managed: true } as const;

/** Names of roles and users that others made and that get a policy of ours. */
export interface Grantees {
  readonly roles: ReadonlySet<string>;
  readonly users: ReadonlySet<string>;
}

const NO_GRANTEES: Grantees = { roles: new Set(), users: new Set() };

/**
 * Reads what there is in accounts, by the calls that list and tell it. Documents are those that the API
 * gives back, also those of AWS's own managed policies.
 *
 * @param ignoredRoles names of roles that were there before anything was made
 * @param grantees whoever was there before and gets grants, of which the inline policies are read
 */
export async function readEmulatedAccess(
  accounts: EmulatedAccounts,
  accountIds: readonly string[],
  ignoredRoles: ReadonlySet<string>,
  grantees: Grantees = NO_GRANTEES,
): Promise<EmulatedAccess> {
  const locations = new Map<string, AccountLocation>();
  const roles = new Map<string, RoleNode>();
  const facts = new Map<string, EmulatedRole>();
  const users = new Map<string, UserNode>();
  const instanceProfiles = new Map<string, InstanceProfileNode>();
  const providers = new Map<string, ProviderNode>();
  const grants: GrantNode[] = [];
  for (const accountId of accountIds) {
    const location: AccountLocation = { partition: "aws", accountId };
    locations.set(accountId, location);
    const iam = await accounts.iam(accountId);
    for (const name of await roleNames(iam)) {
      if (ignoredRoles.has(name)) continue;
      const { node, role } = await readRole(iam, name, location);
      if (grantees.roles.has(name)) {
        grants.push(...grantsOf("role", node));
        continue;
      }
      roles.set(node.arn, node);
      facts.set(node.arn, role);
    }
    for (const name of await userNames(iam)) {
      const node = await readUser(iam, name, location);
      if (grantees.users.has(name)) {
        grants.push(...grantsOf("user", node));
        continue;
      }
      users.set(node.arn, node);
    }
    for (const node of await readInstanceProfiles(iam, location)) {
      instanceProfiles.set(node.arn, node);
    }
    for (const node of await readProviders(iam, location)) providers.set(node.arn, node);
  }
  return {
    graph: { accounts: locations, roles, users, grants, instanceProfiles, providers },
    roles: facts,
  };
}

function grantsOf(kind: GrantNode["kind"], node: RoleNode | UserNode): GrantNode[] {
  const { partition, accountId, stack, address, name, policies } = node;
  return policies
    .filter((policy) => policy.kind === "inline")
    .map((policy) => ({ partition, accountId, stack, address, kind, name, policy }));
}

async function roleNames(client: IAMClient): Promise<string[]> {
  const names: string[] = [];
  for await (const { Roles = [] } of paginateListRoles({ client }, {})) {
    names.push(...Roles.map(({ RoleName = "" }) => RoleName));
  }
  return names.sort();
}

async function userNames(client: IAMClient): Promise<string[]> {
  const names: string[] = [];
  for await (const { Users = [] } of paginateListUsers({ client }, {})) {
    names.push(...Users.map(({ UserName = "" }) => UserName));
  }
  return names.sort();
}

async function readRole(
  iam: IAMClient,
  RoleName: string,
  location: AccountLocation,
): Promise<{ node: RoleNode; role: EmulatedRole }> {
  const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  const policies: PermissionPolicy[] = [];
  for (const PolicyName of PolicyNames) {
    const told = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
    policies.push(inlinePolicy(PolicyName, told.PolicyDocument));
  }
  const attached = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
  policies.push(...(await managedPolicies(iam, attached.AttachedPolicies)));
  const boundary = Role?.PermissionsBoundary?.PermissionsBoundaryArn;
  const arn = Role?.Arn ?? "";
  const path = Role?.Path ?? "";
  const maxSessionDuration = Role?.MaxSessionDuration ?? 0;
  return {
    node: {
      ...location,
      ...placeOf(arn, location),
      arn,
      name: RoleName,
      path,
      policies,
      ...(boundary === undefined ? {} : { boundary: await managedPolicy(iam, boundary) }),
      exclusive: EXCLUSIVE,
      trust: parsePolicy(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "")),
      maxSessionDuration,
    },
    role: {
      roleId: Role?.RoleId ?? "",
      name: RoleName,
      path,
      description: Role?.Description ?? "",
      maxSessionSeconds: maxSessionDuration,
      ...(boundary === undefined ? {} : { boundary }),
      tags: tagMap(Role?.Tags),
    },
  };
}

async function readUser(
  iam: IAMClient,
  UserName: string,
  location: AccountLocation,
): Promise<UserNode> {
  const { User } = await iam.send(new GetUserCommand({ UserName }));
  const { PolicyNames = [] } = await iam.send(new ListUserPoliciesCommand({ UserName }));
  const policies: PermissionPolicy[] = [];
  for (const PolicyName of PolicyNames) {
    const told = await iam.send(new GetUserPolicyCommand({ UserName, PolicyName }));
    policies.push(inlinePolicy(PolicyName, told.PolicyDocument));
  }
  const attached = await iam.send(new ListAttachedUserPoliciesCommand({ UserName }));
  policies.push(...(await managedPolicies(iam, attached.AttachedPolicies)));
  const arn = User?.Arn ?? "";
  return {
    ...location,
    ...placeOf(arn, location),
    arn,
    name: UserName,
    path: User?.Path ?? "",
    policies,
    exclusive: EXCLUSIVE,
  };
}

async function readInstanceProfiles(
  client: IAMClient,
  location: AccountLocation,
): Promise<InstanceProfileNode[]> {
  const nodes: InstanceProfileNode[] = [];
  for await (const { InstanceProfiles = [] } of paginateListInstanceProfiles({ client }, {})) {
    for (const { Arn: arn = "", Roles = [] } of InstanceProfiles) {
      const role = Roles[0]?.Arn;
      nodes.push({
        ...location,
        ...placeOf(arn, location),
        arn,
        role:
          role === undefined
            ? { known: false, reason: "there is none in it" }
            : { known: true, value: role },
      });
    }
  }
  return nodes;
}

async function readProviders(iam: IAMClient, location: AccountLocation): Promise<ProviderNode[]> {
  const nodes: ProviderNode[] = [];
  const oidc = await iam.send(new ListOpenIDConnectProvidersCommand({}));
  for (const { Arn: arn = "" } of oidc.OpenIDConnectProviderList ?? []) {
    const asked = new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn });
    const { Url = "", ClientIDList = [] } = await iam.send(asked);
    const url = Url.startsWith("https://") ? Url : `https://${Url}`;
    const clientIds = { known: true, value: ClientIDList } as const;
    nodes.push({ ...location, ...placeOf(arn, location), kind: "oidc", arn, url, clientIds });
  }
  const saml = await iam.send(new ListSAMLProvidersCommand({}));
  for (const { Arn: arn = "" } of saml.SAMLProviderList ?? []) {
    const told = await iam.send(new GetSAMLProviderCommand({ SAMLProviderArn: arn }));
    const metadata = { known: true, value: told.SAMLMetadataDocument ?? "" } as const;
    nodes.push({ ...location, ...placeOf(arn, location), kind: "saml", arn, metadata });
  }
  return nodes;
}

function inlinePolicy(name: string, document = ""): PermissionPolicy {
  return { name, kind: "inline", document: parsePolicy(decodeURIComponent(document)) };
}

async function managedPolicies(
  iam: IAMClient,
  attached: readonly AttachedPolicy[] = [],
): Promise<PermissionPolicy[]> {
  const policies: PermissionPolicy[] = [];
  for (const { PolicyArn = "" } of attached) policies.push(await managedPolicy(iam, PolicyArn));
  return policies;
}

async function managedPolicy(iam: IAMClient, PolicyArn: string): Promise<PermissionPolicy> {
  const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
  const VersionId = Policy?.DefaultVersionId;
  const told = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));
  const document = parsePolicy(decodeURIComponent(told.PolicyVersion?.Document ?? ""));
  return { name: PolicyArn, kind: "managed", document };
}

/** What was read is named by its account and ARN: there is no Terraform here. */
function placeOf(
  arn: string,
  { accountId }: AccountLocation,
): { readonly stack: string; readonly address: string } {
  return { stack: accountId, address: arn };
}
