import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListInstanceProfilesForRoleCommand,
  ListRolePoliciesCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  RemoveRoleFromInstanceProfileCommand,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from "@aws-sdk/client-iam";
import type { IAMClient } from "@aws-sdk/client-iam";
import { ifThere, parts, tagList, tagMap, tagsToRemove, text, texts } from "./resource-kind";
import type { Attributes, ResourceKind } from "./resource-kind";

const role: ResourceKind = {
  replacing: ["name", "path"],
  tagged: true,
  configured: (body) => ({
    name: text(body, "name"),
    path: body.path ?? "/",
    description: body.description ?? "",
    max_session_duration: body.max_session_duration ?? 3600,
    permissions_boundary: body.permissions_boundary ?? "",
    assume_role_policy: text(body, "assume_role_policy"),
    tags: body.tags ?? {},
  }),
  async read(iam, id) {
    const found = (await ifThere(iam.send(new GetRoleCommand({ RoleName: id }))))?.Role;
    if (found === undefined) return undefined;
    return {
      id,
      arn: found.Arn,
      unique_id: found.RoleId,
      name: found.RoleName,
      path: found.Path,
      description: found.Description ?? "",
      max_session_duration: found.MaxSessionDuration,
      permissions_boundary: found.PermissionsBoundary?.PermissionsBoundaryArn ?? "",
      assume_role_policy: decodeURIComponent(found.AssumeRolePolicyDocument ?? ""),
      tags: tagMap(found.Tags),
    };
  },
  async create(iam, wanted) {
    const RoleName = text(wanted, "name");
    const boundary = text(wanted, "permissions_boundary");
    await iam.send(
      new CreateRoleCommand({
        RoleName,
        Path: text(wanted, "path"),
        Description: text(wanted, "description"),
        MaxSessionDuration: Number(wanted.max_session_duration),
        AssumeRolePolicyDocument: text(wanted, "assume_role_policy"),
        Tags: tagList(wanted),
        ...(boundary === "" ? {} : { PermissionsBoundary: boundary }),
      }),
    );
    return RoleName;
  },
  async update(iam, RoleName, wanted, actual) {
    const PolicyDocument = text(wanted, "assume_role_policy");
    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }));
    await iam.send(
      new UpdateRoleCommand({
        RoleName,
        Description: text(wanted, "description"),
        MaxSessionDuration: Number(wanted.max_session_duration),
      }),
    );
    const PermissionsBoundary = text(wanted, "permissions_boundary");
    if (PermissionsBoundary !== "") {
      await iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary }));
    } else if (actual.permissions_boundary !== "") {
      await iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName }));
    }
    const TagKeys = tagsToRemove(wanted, actual);
    if (TagKeys.length > 0) await iam.send(new UntagRoleCommand({ RoleName, TagKeys }));
    const Tags = tagList(wanted);
    if (Tags.length > 0) await iam.send(new TagRoleCommand({ RoleName, Tags }));
  },
  /** As the provider does: what the last refresh found on the role goes first. */
  async remove(iam, RoleName) {
    for (const PolicyName of await inlineNames(iam, RoleName)) {
      await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
    }
    for (const PolicyArn of await attachedArns(iam, RoleName)) {
      await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
    }
    const profiles = await iam.send(new ListInstanceProfilesForRoleCommand({ RoleName }));
    for (const { InstanceProfileName } of profiles.InstanceProfiles ?? []) {
      await iam.send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName }));
    }
    await iam.send(new DeleteRoleCommand({ RoleName }));
  },
};

const rolePolicy: ResourceKind = {
  replacing: ["name", "role"],
  tagged: false,
  configured: (body) => ({
    name: text(body, "name"),
    role: text(body, "role"),
    policy: text(body, "policy"),
  }),
  async read(iam, id) {
    const [RoleName, PolicyName] = parts(id, ":");
    const found = await ifThere(iam.send(new GetRolePolicyCommand({ RoleName, PolicyName })));
    if (found === undefined) return undefined;
    const policy = decodeURIComponent(found.PolicyDocument ?? "");
    return { id, name: PolicyName, role: RoleName, policy };
  },
  async create(iam, wanted) {
    await putRolePolicy(iam, wanted);
    return `${text(wanted, "role")}:${text(wanted, "name")}`;
  },
  update: (iam, _, wanted) => putRolePolicy(iam, wanted),
  async remove(iam, id) {
    const [RoleName, PolicyName] = parts(id, ":");
    await ifThere(iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName })));
  },
};

async function putRolePolicy(iam: IAMClient, wanted: Attributes): Promise<void> {
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: text(wanted, "role"),
      PolicyName: text(wanted, "name"),
      PolicyDocument: text(wanted, "policy"),
    }),
  );
}

const roleAttachment: ResourceKind = {
  replacing: ["role", "policy_arn"],
  tagged: false,
  configured: (body) => ({ role: text(body, "role"), policy_arn: text(body, "policy_arn") }),
  async read(iam, id) {
    const [RoleName, PolicyArn] = parts(id, "/");
    const attached = await ifThere(attachedArns(iam, RoleName));
    if (attached?.includes(PolicyArn) !== true) return undefined;
    return { id, role: RoleName, policy_arn: PolicyArn };
  },
  async create(iam, wanted) {
    const [RoleName, PolicyArn] = [text(wanted, "role"), text(wanted, "policy_arn")];
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    return `${RoleName}/${PolicyArn}`;
  },
  update: () => Promise.reject(new Error("an attachment has nothing to update")),
  async remove(iam, id) {
    const [RoleName, PolicyArn] = parts(id, "/");
    await ifThere(iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn })));
  },
};

/** Inline policies that are not listed are taken away; none is added. */
const rolePoliciesExclusive: ResourceKind = {
  replacing: ["role_name"],
  tagged: false,
  configured: (body) => ({
    role_name: text(body, "role_name"),
    policy_names: texts(body, "policy_names"),
  }),
  async read(iam, id) {
    const names = await ifThere(inlineNames(iam, id));
    return names === undefined ? undefined : { id, role_name: id, policy_names: names };
  },
  async create(iam, wanted) {
    const RoleName = text(wanted, "role_name");
    const listed = texts(wanted, "policy_names");
    for (const PolicyName of await inlineNames(iam, RoleName)) {
      if (listed.includes(PolicyName)) continue;
      await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
    }
    return RoleName;
  },
  async update(iam, _, wanted) {
    await this.create(iam, wanted);
  },
  remove: () => Promise.resolve(),
};

/** Policies that are not listed are detached, and those that are listed attached. */
const roleAttachmentsExclusive: ResourceKind = {
  replacing: ["role_name"],
  tagged: false,
  configured: (body) => ({
    role_name: text(body, "role_name"),
    policy_arns: texts(body, "policy_arns"),
  }),
  async read(iam, id) {
    const arns = await ifThere(attachedArns(iam, id));
    return arns === undefined ? undefined : { id, role_name: id, policy_arns: arns };
  },
  async create(iam, wanted) {
    const RoleName = text(wanted, "role_name");
    const listed = texts(wanted, "policy_arns");
    const attached = await attachedArns(iam, RoleName);
    for (const PolicyArn of attached.filter((arn) => !listed.includes(arn))) {
      await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
    }
    for (const PolicyArn of listed.filter((arn) => !attached.includes(arn))) {
      await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    }
    return RoleName;
  },
  async update(iam, _, wanted) {
    await this.create(iam, wanted);
  },
  remove: () => Promise.resolve(),
};

/** What is made for roles, by type of the resource. */
export const ROLE_KINDS: Readonly<Record<string, ResourceKind>> = {
  aws_iam_role: role,
  aws_iam_role_policy: rolePolicy,
  aws_iam_role_policy_attachment: roleAttachment,
  aws_iam_role_policies_exclusive: rolePoliciesExclusive,
  aws_iam_role_policy_attachments_exclusive: roleAttachmentsExclusive,
};

async function inlineNames(iam: IAMClient, RoleName: string): Promise<string[]> {
  return ((await iam.send(new ListRolePoliciesCommand({ RoleName }))).PolicyNames ?? []).sort();
}

async function attachedArns(iam: IAMClient, RoleName: string): Promise<string[]> {
  const { AttachedPolicies = [] } = await iam.send(
    new ListAttachedRolePoliciesCommand({ RoleName }),
  );
  return AttachedPolicies.map(({ PolicyArn = "" }) => PolicyArn).sort();
}
