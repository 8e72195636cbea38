import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamSamlProvider } from "@cdktf/provider-aws/lib/iam-saml-provider";
import { IamUser } from "@cdktf/provider-aws/lib/iam-user";
import { IamUserPoliciesExclusive } from "@cdktf/provider-aws/lib/iam-user-policies-exclusive";
import { IamUserPolicy } from "@cdktf/provider-aws/lib/iam-user-policy";
import { IamUserPolicyAttachmentsExclusive } from "@cdktf/provider-aws/lib/iam-user-policy-attachments-exclusive";
import { TerraformElement, TerraformResource, TerraformStack } from "cdktf";
import type { Construct, Node } from "constructs";
import type { Account, StateBackend, Tags } from "../lib/account-map/model/account-map";
import { oidcProviderArn, samlProviderArn } from "../lib/iam/arn";
import { valuesOf } from "../lib/iam/policy-document";
import { escapeTerraform, terraformPolicyText } from "../lib/iam/policy-text";
import { GRANT_POLICY_NAME } from "../lib/plan/grant-policy-name";
import type { AccountPlan, GrantPlan, RolePlan } from "../lib/plan/resolved-access";
import { addAccountProvider } from "./account-provider";
import { addressOf, ExclusiveRole, reference } from "./exclusive-role";
import { addStateBackend } from "./state-backend";

/** What all stacks have in common. */
export interface AccountStackContext {
  readonly accounts: ReadonlyMap<string, Account>;
  readonly tags: Tags;
  readonly state: StateBackend;
  /** Versions of the AWS provider, as a constraint of Terraform. @default - the version of the bindings */
  readonly providerVersion?: string;
}

/** First version with ephemeral variables and native locking of S3 state; of OpenTofu, 1.11 is the first. */
const REQUIRED_VERSION = ">= 1.10.0";

/** Everything that is made in one account: its own provider, its own state. */
export class AccountStack extends TerraformStack {
  readonly #pathOfId = new Map<string, string>();
  readonly #moved: { from: string; to: string }[] = [];

  constructor(scope: Construct, plan: AccountPlan, context: AccountStackContext) {
    super(scope, plan.account.key);
    // OpenTofu takes the library's unqualified source for a perpetual upgrade.
    this.addOverride("terraform.required_providers.aws.source", "hashicorp/aws");
    if (context.providerVersion !== undefined) {
      this.addOverride("terraform.required_providers.aws.version", context.providerVersion);
    }
    this.addOverride("terraform.required_version", REQUIRED_VERSION);
    addStateBackend(this, context.state, plan.account.id);
    addAccountProvider(this, plan.account, context.accounts, context.tags);

    const providers = this.#addIdentityProviders(plan);
    const boundaries = new Map<string, string>();
    for (const policy of plan.boundaries) {
      const resource = new IamPolicy(this, policy.id, {
        name: policy.name,
        path: policy.path,
        policy: terraformPolicyText(policy.document),
      });
      boundaries.set(policy.id, reference(resource, "arn"));
    }
    for (const role of plan.roles) this.#addRole(role, boundaries, providers);
    this.#addUsersAndGrants(plan);
    if (this.#moved.length > 0) this.addOverride("moved", this.#moved);
  }

  /**
   * Addresses are the ids of constructs, joined: readable, and without a hash that would change when
   * a construct is wrapped. Two constructs with one address would silently become one resource.
   */
  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const node = TerraformElement.isTerraformElement(element) ? element.node : element;
    let id = "";
    for (const { node: part } of node.scopes.slice(node.scopes.indexOf(this) + 1)) {
      // Not `join`: V8 gives it two bytes a character here, and with it the text of the whole stack.
      if (part.id !== "Default") id = id === "" ? part.id : `${id}_${part.id}`;
    }
    const type = element instanceof TerraformResource ? element.terraformResourceType : "";
    const key = `${type}.${id}`;
    const taken = this.#pathOfId.get(key);
    if (taken !== undefined && taken !== node.path) {
      throw new Error(`${node.path} and ${taken} have the same Terraform address ${key}`);
    }
    this.#pathOfId.set(key, node.path);
    return id;
  }

  /**
   * Nothing to prepare: the backend is explicit and no stack refers to another. The library would
   * resolve every element once more here.
   */
  override prepareStack(): void {
    return;
  }

  #addRole(
    role: RolePlan,
    boundaries: ReadonlyMap<string, string>,
    providers: ReadonlyMap<string, string>,
  ): void {
    const boundary = role.permissionsBoundary;
    const made = boundary?.policyId === undefined ? undefined : boundaries.get(boundary.policyId);
    const permissionsBoundaryArn = made ?? boundary?.arn;
    const federated = role.trust.Statement.flatMap(({ Principal }) =>
      Principal === undefined || Principal === "*" ? [] : valuesOf(Principal.Federated),
    );
    const dependsOn = [
      ...role.dependsOn.map((id) => `aws_iam_role.${id}`),
      ...new Set(federated.flatMap((arn) => providers.get(arn) ?? [])),
    ];
    const construct = new ExclusiveRole(this, role.id, {
      roleName: role.name,
      path: role.path,
      description: role.description,
      maxSessionSeconds: role.maxSessionSeconds,
      ...(permissionsBoundaryArn === undefined ? {} : { permissionsBoundaryArn }),
      tags: role.tags,
      trust: role.trust,
      inlinePolicies: role.policies.inline,
      customerPolicies: role.policies.customer,
      managedPolicyArns: Object.fromEntries(
        role.policies.managed.map(({ name, arn }) => [name, arn]),
      ),
      instanceProfiles: role.instanceProfiles,
      dependsOn,
    });
    if (role.formerId === undefined) return;
    for (const child of construct.node.findAll()) {
      if (!(child instanceof TerraformResource)) continue;
      const suffix = child.friendlyUniqueId.slice(role.id.length);
      const from = `${child.terraformResourceType}.${role.formerId}${suffix}`;
      this.#moved.push({ from, to: addressOf(child) });
    }
  }

  /** Creates the identity providers and returns their addresses by ARN. */
  #addIdentityProviders({
    account,
    oidcProviders,
    samlProviders,
  }: AccountPlan): Map<string, string> {
    const location = { partition: account.partition, accountId: account.id };
    const addresses = new Map<string, string>();
    for (const provider of oidcProviders) {
      const resource = new IamOpenidConnectProvider(this, `oidc-${provider.key}`, {
        url: provider.url,
        clientIdList: [...provider.audiences],
      });
      addresses.set(oidcProviderArn(location, provider.url), addressOf(resource));
    }
    for (const provider of samlProviders) {
      const resource = new IamSamlProvider(this, `saml-${provider.key}`, {
        name: provider.name,
        samlMetadataDocument: escapeTerraform(provider.metadata ?? ""),
      });
      addresses.set(samlProviderArn(location, provider.name), addressOf(resource));
    }
    return addresses;
  }

  #addUsersAndGrants(plan: AccountPlan): void {
    const granted = new Map<string, string>();
    for (const user of plan.users) new IamUser(this, user.id, { name: user.name, path: user.path });
    for (const grant of plan.grants) granted.set(grant.id, this.#addGrant(grant));
    for (const user of plan.users) {
      const userName = `\${aws_iam_user.${user.id}.name}`;
      const policy = granted.get(user.id);
      new IamUserPoliciesExclusive(this, `${user.id}_policies`, {
        userName,
        policyNames: policy === undefined ? [] : [policy],
      });
      new IamUserPolicyAttachmentsExclusive(this, `${user.id}_attachments`, {
        userName,
        policyArns: [],
      });
    }
  }

  #addGrant(grant: GrantPlan): string {
    const id = `${grant.id}_assume-roles`;
    const policy = { name: GRANT_POLICY_NAME, policy: terraformPolicyText(grant.document) };
    if (grant.kind === "role")
      return reference(new IamRolePolicy(this, id, { ...policy, role: grant.name }), "name");
    const user = grant.created ? `\${aws_iam_user.${grant.id}.name}` : grant.name;
    return reference(new IamUserPolicy(this, id, { ...policy, user }), "name");
  }
}
