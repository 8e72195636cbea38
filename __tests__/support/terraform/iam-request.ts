import type { IAMClient } from "@aws-sdk/client-iam";
import { GetInstanceProfileCommand, GetRoleCommand, GetUserCommand } from "@aws-sdk/client-iam";
import { issuerOf } from "../../../lib/iam/arn";

/** Parameters of a request to IAM's query API. */
export type Parameters = Readonly<Record<string, string>>;

/** What a request has to be allowed. */
export interface NeededPermission {
  /** With its service, such as `iam:CreateRole`. */
  readonly action: string;
  /** ARN of the resource, or `*`. */
  readonly resource: string;
  /** Condition keys that IAM gives the request. */
  readonly keys: Readonly<Record<string, string>>;
}

/** Actions on a role that IAM lets a policy bind to the role's own boundary, as its service authorization has it. */
const BOUND_BY_ROLE: ReadonlySet<string> = new Set([
  "AttachRolePolicy",
  "DeleteRolePermissionsBoundary",
  "DeleteRolePolicy",
  "DetachRolePolicy",
  "PutRolePolicy",
]);

/** Tagging actions that IAM asks for where something is made with tags. */
const TAGGED: Readonly<Record<string, string>> = {
  CreateInstanceProfile: "TagInstanceProfile",
  CreateOpenIDConnectProvider: "TagOpenIDConnectProvider",
  CreatePolicy: "TagPolicy",
  CreateRole: "TagRole",
  CreateSAMLProvider: "TagSAMLProvider",
  CreateUser: "TagUser",
};

/**
 * What IAM asks a caller's policies for a request: the action on its resource, a tagging action where tags are
 * given with it, and `iam:PassRole` where a role gets into an instance profile.
 *
 * @param iam IAM of the account, where paths and boundaries of what exists are looked up
 * Source: Service Authorization Reference, "Actions, resources, and condition keys for AWS Identity and Access
 * Management".
 */
export async function neededPermissions(
  accountId: string,
  parameters: Parameters,
  iam: IAMClient,
): Promise<NeededPermission[]> {
  const { Action: name = "" } = parameters;
  const boundary = BOUND_BY_ROLE.has(name)
    ? (await roleOf(iam, parameters.RoleName)).boundary
    : parameters.PermissionsBoundary;
  const keys = {
    ...(boundary === undefined ? {} : { "iam:PermissionsBoundary": boundary }),
    ...(/^(?:At|De)tach/.test(name) ? { "iam:PolicyARN": parameters.PolicyArn ?? "" } : {}),
  };
  const resource = await resourceOf(accountId, parameters, iam);
  const needed: NeededPermission[] = [{ action: `iam:${name}`, resource, keys }];
  const tagging = TAGGED[name];
  if (tagging !== undefined && parameters["Tags.member.1.Key"] !== undefined) {
    needed.push({ action: `iam:${tagging}`, resource, keys: {} });
  }
  if (name === "AddRoleToInstanceProfile") {
    const { arn } = await roleOf(iam, parameters.RoleName);
    const passed = { "iam:PassedToService": "ec2.amazonaws.com" };
    needed.push({ action: "iam:PassRole", resource: arn, keys: passed });
  }
  return needed;
}

/** The resource of an action: what is made has the path that is asked for, what exists the path that it has. */
async function resourceOf(
  accountId: string,
  parameters: Parameters,
  iam: IAMClient,
): Promise<string> {
  const { Action: name = "", Path: path = "/" } = parameters;
  const arn = (resource: string): string => `arn:aws:iam::${accountId}:${resource}`;
  const { PolicyArn, RoleName, UserName, InstanceProfileName } = parameters;
  switch (name) {
    case "CreateRole":
      return arn(`role${path}${RoleName ?? ""}`);
    case "CreateUser":
      return arn(`user${path}${UserName ?? ""}`);
    case "CreatePolicy":
      return arn(`policy${path}${parameters.PolicyName ?? ""}`);
    case "CreateInstanceProfile":
      return arn(`instance-profile${path}${InstanceProfileName ?? ""}`);
    case "CreateOpenIDConnectProvider":
      return arn(`oidc-provider/${issuerOf(parameters.Url ?? "")}`);
    case "CreateSAMLProvider":
      return arn(`saml-provider/${parameters.Name ?? ""}`);
  }
  const provider = parameters.OpenIDConnectProviderArn ?? parameters.SAMLProviderArn;
  if (provider !== undefined) return provider;
  if (InstanceProfileName !== undefined) return profileArn(iam, InstanceProfileName, arn);
  if (RoleName !== undefined) return (await roleOf(iam, RoleName, arn)).arn;
  if (UserName !== undefined) return userArn(iam, UserName, arn);
  return PolicyArn ?? "*";
}

type ArnOf = (resource: string) => string;

async function roleOf(
  iam: IAMClient,
  RoleName = "",
  arn: ArnOf = (resource) => resource,
): Promise<{ readonly arn: string; readonly boundary?: string }> {
  try {
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
    const boundary = Role?.PermissionsBoundary?.PermissionsBoundaryArn;
    return { arn: Role?.Arn ?? "", ...(boundary === undefined ? {} : { boundary }) };
  } catch (error) {
    // Of what does not exist, nobody knows a path.
    return absent(error, { arn: arn(`role/${RoleName}`) });
  }
}

async function userArn(iam: IAMClient, UserName: string, arn: ArnOf): Promise<string> {
  try {
    return (await iam.send(new GetUserCommand({ UserName }))).User?.Arn ?? "";
  } catch (error) {
    return absent(error, arn(`user/${UserName}`));
  }
}

async function profileArn(
  iam: IAMClient,
  InstanceProfileName: string,
  arn: ArnOf,
): Promise<string> {
  try {
    const command = new GetInstanceProfileCommand({ InstanceProfileName });
    return (await iam.send(command)).InstanceProfile?.Arn ?? "";
  } catch (error) {
    return absent(error, arn(`instance-profile/${InstanceProfileName}`));
  }
}

function absent<Value>(error: unknown, value: Value): Value {
  if (error instanceof Error && error.name.includes("NoSuchEntity")) return value;
  throw error;
}
