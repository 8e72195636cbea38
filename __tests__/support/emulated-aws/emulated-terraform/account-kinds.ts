import {
  AddClientIDToOpenIDConnectProviderCommand,
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  CreateOpenIDConnectProviderCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateSAMLProviderCommand,
  DeleteInstanceProfileCommand,
  DeleteOpenIDConnectProviderCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DeleteSAMLProviderCommand,
  GetInstanceProfileCommand,
  GetOpenIDConnectProviderCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetSAMLProviderCommand,
  ListPolicyVersionsCommand,
  RemoveClientIDFromOpenIDConnectProviderCommand,
  RemoveRoleFromInstanceProfileCommand,
  TagInstanceProfileCommand,
  TagOpenIDConnectProviderCommand,
  TagPolicyCommand,
  UntagInstanceProfileCommand,
  UntagOpenIDConnectProviderCommand,
  UntagPolicyCommand,
  UpdateSAMLProviderCommand,
} from "@aws-sdk/client-iam";
import type { IAMClient, PolicyVersion } from "@aws-sdk/client-iam";
import { ifThere, tagList, tagMap, tagsToRemove, text, texts } from "./resource-kind";
import type { ResourceKind } from "./resource-kind";

/** Versions that a policy has at most (rule ID-25). */
const MOST_VERSIONS = 5;

const policy: ResourceKind = {
  replacing: ["name", "path", "description"],
  tagged: true,
  configured: (body) => ({
    name: text(body, "name"),
    path: body.path ?? "/",
    description: body.description ?? "",
    policy: text(body, "policy"),
    tags: body.tags ?? {},
  }),
  async read(iam, PolicyArn) {
    const found = (await ifThere(iam.send(new GetPolicyCommand({ PolicyArn }))))?.Policy;
    if (found === undefined) return undefined;
    const VersionId = found.DefaultVersionId;
    const version = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));
    return {
      id: PolicyArn,
      arn: PolicyArn,
      policy_id: found.PolicyId,
      name: found.PolicyName,
      path: found.Path,
      description: found.Description ?? "",
      policy: decodeURIComponent(version.PolicyVersion?.Document ?? ""),
      tags: tagMap(found.Tags),
    };
  },
  async create(iam, wanted) {
    const { Policy } = await iam.send(
      new CreatePolicyCommand({
        PolicyName: text(wanted, "name"),
        Path: text(wanted, "path"),
        Description: text(wanted, "description"),
        PolicyDocument: text(wanted, "policy"),
        Tags: tagList(wanted),
      }),
    );
    return Policy?.Arn ?? "";
  },
  async update(iam, PolicyArn, wanted, actual) {
    const PolicyDocument = text(wanted, "policy");
    if (PolicyDocument !== actual.policy) {
      const versions = await versionsOf(iam, PolicyArn);
      const spare = versions.filter(({ IsDefaultVersion }) => IsDefaultVersion !== true);
      const VersionId = spare.at(-1)?.VersionId;
      if (versions.length >= MOST_VERSIONS) {
        await iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId }));
      }
      await iam.send(
        new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: true }),
      );
    }
    const TagKeys = tagsToRemove(wanted, actual);
    if (TagKeys.length > 0) await iam.send(new UntagPolicyCommand({ PolicyArn, TagKeys }));
    await iam.send(new TagPolicyCommand({ PolicyArn, Tags: tagList(wanted) }));
  },
  async remove(iam, PolicyArn) {
    for (const { VersionId, IsDefaultVersion } of await versionsOf(iam, PolicyArn)) {
      if (IsDefaultVersion === true) continue;
      await iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId }));
    }
    await iam.send(new DeletePolicyCommand({ PolicyArn }));
  },
};

async function versionsOf(iam: IAMClient, PolicyArn: string): Promise<PolicyVersion[]> {
  return (await iam.send(new ListPolicyVersionsCommand({ PolicyArn }))).Versions ?? [];
}

const instanceProfile: ResourceKind = {
  replacing: ["name", "path"],
  tagged: true,
  configured: (body) => ({
    name: text(body, "name"),
    path: body.path ?? "/",
    role: text(body, "role"),
    tags: body.tags ?? {},
  }),
  async read(iam, id) {
    const asked = iam.send(new GetInstanceProfileCommand({ InstanceProfileName: id }));
    const found = (await ifThere(asked))?.InstanceProfile;
    if (found === undefined) return undefined;
    return {
      id,
      arn: found.Arn,
      unique_id: found.InstanceProfileId,
      name: found.InstanceProfileName,
      path: found.Path,
      role: found.Roles?.[0]?.RoleName ?? "",
      tags: tagMap(found.Tags),
    };
  },
  async create(iam, wanted) {
    const InstanceProfileName = text(wanted, "name");
    const Path = text(wanted, "path");
    const Tags = tagList(wanted);
    await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName, Path, Tags }));
    const RoleName = text(wanted, "role");
    await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName }));
    return InstanceProfileName;
  },
  async update(iam, InstanceProfileName, wanted, actual) {
    const [RoleName, former] = [text(wanted, "role"), text(actual, "role")];
    if (former !== RoleName) {
      const removed = { InstanceProfileName, RoleName: former };
      if (former !== "") await iam.send(new RemoveRoleFromInstanceProfileCommand(removed));
      await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName }));
    }
    const TagKeys = tagsToRemove(wanted, actual);
    const untag = new UntagInstanceProfileCommand({ InstanceProfileName, TagKeys });
    if (TagKeys.length > 0) await iam.send(untag);
    await iam.send(new TagInstanceProfileCommand({ InstanceProfileName, Tags: tagList(wanted) }));
  },
  async remove(iam, InstanceProfileName) {
    const found = await iam.send(new GetInstanceProfileCommand({ InstanceProfileName }));
    for (const { RoleName } of found.InstanceProfile?.Roles ?? []) {
      await iam.send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName }));
    }
    await iam.send(new DeleteInstanceProfileCommand({ InstanceProfileName }));
  },
};

const oidcProvider: ResourceKind = {
  replacing: ["url"],
  tagged: true,
  configured: (body) => ({
    url: text(body, "url").replace(/^https:\/\//, ""),
    client_id_list: texts(body, "client_id_list"),
    tags: body.tags ?? {},
  }),
  async read(iam, id) {
    const asked = iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: id }));
    const found = await ifThere(asked);
    if (found === undefined) return undefined;
    return {
      id,
      arn: id,
      url: (found.Url ?? "").replace(/^https:\/\//, ""),
      client_id_list: (found.ClientIDList ?? []).sort(),
      tags: tagMap(found.Tags),
    };
  },
  async create(iam, wanted) {
    const made = await iam.send(
      new CreateOpenIDConnectProviderCommand({
        Url: `https://${text(wanted, "url")}`,
        ClientIDList: [...texts(wanted, "client_id_list")],
        Tags: tagList(wanted),
      }),
    );
    return made.OpenIDConnectProviderArn ?? "";
  },
  async update(iam, OpenIDConnectProviderArn, wanted, actual) {
    const [listed, known] = [texts(wanted, "client_id_list"), texts(actual, "client_id_list")];
    for (const ClientID of listed.filter((each) => !known.includes(each))) {
      const added = { OpenIDConnectProviderArn, ClientID };
      await iam.send(new AddClientIDToOpenIDConnectProviderCommand(added));
    }
    for (const ClientID of known.filter((each) => !listed.includes(each))) {
      const removed = { OpenIDConnectProviderArn, ClientID };
      await iam.send(new RemoveClientIDFromOpenIDConnectProviderCommand(removed));
    }
    const TagKeys = tagsToRemove(wanted, actual);
    const untag = new UntagOpenIDConnectProviderCommand({ OpenIDConnectProviderArn, TagKeys });
    if (TagKeys.length > 0) await iam.send(untag);
    const Tags = tagList(wanted);
    await iam.send(new TagOpenIDConnectProviderCommand({ OpenIDConnectProviderArn, Tags }));
  },
  async remove(iam, OpenIDConnectProviderArn) {
    await iam.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }));
  },
};

const samlProvider: ResourceKind = {
  replacing: ["name"],
  // The emulator keeps no tags of SAML providers, and nothing here depends on them.
  tagged: false,
  configured: (body) => ({
    name: text(body, "name"),
    saml_metadata_document: text(body, "saml_metadata_document"),
  }),
  async read(iam, id) {
    const found = await ifThere(iam.send(new GetSAMLProviderCommand({ SAMLProviderArn: id })));
    if (found === undefined) return undefined;
    return {
      id,
      arn: id,
      name: id.slice(id.lastIndexOf("/") + 1),
      saml_metadata_document: found.SAMLMetadataDocument,
    };
  },
  async create(iam, wanted) {
    const made = await iam.send(
      new CreateSAMLProviderCommand({
        Name: text(wanted, "name"),
        SAMLMetadataDocument: text(wanted, "saml_metadata_document"),
      }),
    );
    return made.SAMLProviderArn ?? "";
  },
  async update(iam, SAMLProviderArn, wanted) {
    const SAMLMetadataDocument = text(wanted, "saml_metadata_document");
    await iam.send(new UpdateSAMLProviderCommand({ SAMLProviderArn, SAMLMetadataDocument }));
  },
  async remove(iam, SAMLProviderArn) {
    await iam.send(new DeleteSAMLProviderCommand({ SAMLProviderArn }));
  },
};

/** What belongs to an account rather than to a role or a user, by type of the resource. */
export const ACCOUNT_KINDS: Readonly<Record<string, ResourceKind>> = {
  aws_iam_policy: policy,
  aws_iam_instance_profile: instanceProfile,
  aws_iam_openid_connect_provider: oidcProvider,
  aws_iam_saml_provider: samlProvider,
};
