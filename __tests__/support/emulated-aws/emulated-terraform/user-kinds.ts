import {
  AttachUserPolicyCommand,
  CreateUserCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  DetachUserPolicyCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  ListAttachedUserPoliciesCommand,
  ListUserPoliciesCommand,
  ListUserTagsCommand,
  PutUserPolicyCommand,
  TagUserCommand,
  UntagUserCommand,
} from "@aws-sdk/client-iam";
import type { IAMClient } from "@aws-sdk/client-iam";
import { ifThere, parts, tagList, tagMap, tagsToRemove, text, texts } from "./resource-kind";
import type { Attributes, ResourceKind } from "./resource-kind";

const user: ResourceKind = {
  // The provider moves a user in place; nothing of ours ever asks for it.
  replacing: ["name", "path"],
  tagged: true,
  configured: (body) => ({
    name: text(body, "name"),
    path: body.path ?? "/",
    tags: body.tags ?? {},
  }),
  async read(iam, id) {
    const found = (await ifThere(iam.send(new GetUserCommand({ UserName: id }))))?.User;
    if (found === undefined) return undefined;
    const { Tags } = await iam.send(new ListUserTagsCommand({ UserName: id }));
    return {
      id,
      arn: found.Arn,
      unique_id: found.UserId,
      name: found.UserName,
      path: found.Path,
      tags: tagMap(Tags),
    };
  },
  async create(iam, wanted) {
    const UserName = text(wanted, "name");
    const Path = text(wanted, "path");
    await iam.send(new CreateUserCommand({ UserName, Path, Tags: tagList(wanted) }));
    return UserName;
  },
  async update(iam, UserName, wanted, actual) {
    const TagKeys = tagsToRemove(wanted, actual);
    if (TagKeys.length > 0) await iam.send(new UntagUserCommand({ UserName, TagKeys }));
    await iam.send(new TagUserCommand({ UserName, Tags: tagList(wanted) }));
  },
  async remove(iam, UserName) {
    await iam.send(new DeleteUserCommand({ UserName }));
  },
};

const userPolicy: ResourceKind = {
  replacing: ["name", "user"],
  tagged: false,
  configured: (body) => ({
    name: text(body, "name"),
    user: text(body, "user"),
    policy: text(body, "policy"),
  }),
  async read(iam, id) {
    const [UserName, PolicyName] = parts(id, ":");
    const found = await ifThere(iam.send(new GetUserPolicyCommand({ UserName, PolicyName })));
    if (found === undefined) return undefined;
    const policy = decodeURIComponent(found.PolicyDocument ?? "");
    return { id, name: PolicyName, user: UserName, policy };
  },
  async create(iam, wanted) {
    await putUserPolicy(iam, wanted);
    return `${text(wanted, "user")}:${text(wanted, "name")}`;
  },
  update: (iam, _, wanted) => putUserPolicy(iam, wanted),
  async remove(iam, id) {
    const [UserName, PolicyName] = parts(id, ":");
    await ifThere(iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName })));
  },
};

async function putUserPolicy(iam: IAMClient, wanted: Attributes): Promise<void> {
  await iam.send(
    new PutUserPolicyCommand({
      UserName: text(wanted, "user"),
      PolicyName: text(wanted, "name"),
      PolicyDocument: text(wanted, "policy"),
    }),
  );
}

const userPoliciesExclusive: ResourceKind = {
  replacing: ["user_name"],
  tagged: false,
  configured: (body) => ({
    user_name: text(body, "user_name"),
    policy_names: texts(body, "policy_names"),
  }),
  async read(iam, id) {
    const names = await ifThere(inlineNames(iam, id));
    return names === undefined ? undefined : { id, user_name: id, policy_names: names };
  },
  async create(iam, wanted) {
    const UserName = text(wanted, "user_name");
    const listed = texts(wanted, "policy_names");
    for (const PolicyName of await inlineNames(iam, UserName)) {
      if (listed.includes(PolicyName)) continue;
      await iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName }));
    }
    return UserName;
  },
  async update(iam, _, wanted) {
    await this.create(iam, wanted);
  },
  remove: () => Promise.resolve(),
};

const userAttachmentsExclusive: ResourceKind = {
  replacing: ["user_name"],
  tagged: false,
  configured: (body) => ({
    user_name: text(body, "user_name"),
    policy_arns: texts(body, "policy_arns"),
  }),
  async read(iam, id) {
    const arns = await ifThere(attachedArns(iam, id));
    return arns === undefined ? undefined : { id, user_name: id, policy_arns: arns };
  },
  async create(iam, wanted) {
    const UserName = text(wanted, "user_name");
    const listed = texts(wanted, "policy_arns");
    const attached = await attachedArns(iam, UserName);
    for (const PolicyArn of attached.filter((arn) => !listed.includes(arn))) {
      await iam.send(new DetachUserPolicyCommand({ UserName, PolicyArn }));
    }
    for (const PolicyArn of listed.filter((arn) => !attached.includes(arn))) {
      await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn }));
    }
    return UserName;
  },
  async update(iam, _, wanted) {
    await this.create(iam, wanted);
  },
  remove: () => Promise.resolve(),
};

/** What is made for users, by type of the resource. */
export const USER_KINDS: Readonly<Record<string, ResourceKind>> = {
  aws_iam_user: user,
  aws_iam_user_policy: userPolicy,
  aws_iam_user_policies_exclusive: userPoliciesExclusive,
  aws_iam_user_policy_attachments_exclusive: userAttachmentsExclusive,
};

async function inlineNames(iam: IAMClient, UserName: string): Promise<string[]> {
  return ((await iam.send(new ListUserPoliciesCommand({ UserName }))).PolicyNames ?? []).sort();
}

async function attachedArns(iam: IAMClient, UserName: string): Promise<string[]> {
  const { AttachedPolicies = [] } = await iam.send(
    new ListAttachedUserPoliciesCommand({ UserName }),
  );
  return AttachedPolicies.map(({ PolicyArn = "" }) => PolicyArn).sort();
}
