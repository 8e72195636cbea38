import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePoliciesExclusive } from "@cdktf/provider-aws/lib/iam-role-policies-exclusive";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { IamRolePolicyAttachmentsExclusive } from "@cdktf/provider-aws/lib/iam-role-policy-attachments-exclusive";
import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import { addressPart } from "../lib/account-map/model/address-part";
import { escapeTerraform, terraformPolicyText } from "../lib/iam/policy-text";
import type { PolicyDocument } from "../lib/iam/policy-document";
import { checkLibrary } from "./library-of-stack";

/** A policy by name. */
export interface NamedPolicyProps {
  /** Name of the policy, 1 to 128 characters of `[\w+=,.@-]` (rule ID-35). */
  readonly name: string;
  readonly document: PolicyDocument;
}

/** A customer managed policy that is made. */
export interface CustomerPolicyProps extends NamedPolicyProps {
  /**
   * Path, with a slash at both ends (rule ID-08).
   * @default "/"
   */
  readonly path?: string;
  /**
   * The ARN that the policy gets, composed. With it, a plan says already which policies the role keeps.
   * @default - known only after apply
   */
  readonly arn?: string;
}

/** Props of {@link ExclusiveRole}. */
export interface ExclusiveRoleProps {
  /** 1 to 64 characters of `[\w+=,.@-]` (rule ID-05). Another name replaces the role. */
  readonly roleName: string;
  /**
   * Path, with a slash at both ends (rule ID-07). Another path replaces the role.
   * @default "/"
   */
  readonly path?: string;
  /**
   * Up to 1000 characters of Latin-1 (rule ID-11).
   * @default - none
   */
  readonly description?: string;
  /**
   * Longest session, 3600 to 43200 seconds (rule ID-15). A session that another role obtains never
   * lasts longer than 3600 seconds (rule ID-17).
   * @default 3600
   */
  readonly maxSessionSeconds?: number;
  /**
   * ARN of the permissions boundary: an AWS managed policy, or one of the role's own account (rule PB-03).
   * @default - none
   */
  readonly permissionsBoundaryArn?: string;
  /**
   * Tags of the role and of what is made for it.
   * @default - those of the provider
   */
  readonly tags?: Readonly<Record<string, string>>;
  /** The trust policy. */
  readonly trust: PolicyDocument;
  /**
   * Inline policies, at most 10,240 characters together (rule ID-20).
   * @default - none
   */
  readonly inlinePolicies?: readonly NamedPolicyProps[];
  /**
   * Customer managed policies that are made and attached, each at most 6,144 characters (rule ID-21).
   * @default - none
   */
  readonly customerPolicies?: readonly CustomerPolicyProps[];
  /**
   * ARNs of managed policies to attach, by a name that is unique in the role.
   * @default - none
   */
  readonly managedPolicyArns?: Readonly<Record<string, string>>;
  /**
   * Names of instance profiles that have the role.
   * @default - none
   */
  readonly instanceProfiles?: readonly string[];
  /**
   * Terraform addresses that must be applied first.
   * @default - none
   */
  readonly dependsOn?: readonly string[];
}

/**
 * An IAM role with exactly the policies that are declared: policies attached by hand show as drift, and
 * the next apply removes them.
 */
export class ExclusiveRole extends Construct {
  /** Terraform address of the role. */
  readonly address: string;

  constructor(scope: Construct, id: string, props: ExclusiveRoleProps) {
    super(scope, id);
    checkLibrary(this);
    const tags = escapedTags(props.tags);
    const role = new IamRole(this, "Default", {
      name: props.roleName,
      path: props.path ?? "/",
      ...(props.description === undefined
        ? {}
        : { description: escapeTerraform(props.description) }),
      maxSessionDuration: props.maxSessionSeconds ?? 3600,
      ...(props.permissionsBoundaryArn === undefined
        ? {}
        : { permissionsBoundary: props.permissionsBoundaryArn }),
      assumeRolePolicy: policyAttribute(props.trust),
      ...tags,
      ...(props.dependsOn === undefined || props.dependsOn.length === 0
        ? {}
        : { dependsOn: props.dependsOn.map(asDependable) }),
    });
    this.address = addressOf(role);
    const roleName = reference(role, "name");
    // A role that is replaced under its own name, as on another path, has lost all that it had, and Terraform
    // sees no change in what was attached (hashicorp/terraform-provider-aws#46270). The ARN changes exactly
    // then. A profile is not replaced: instances that have it would lose it for good.
    const lifecycle = { replaceTriggeredBy: [`${this.address}.arn`] };

    const inline = (props.inlinePolicies ?? []).map((policy) => {
      const resource = new IamRolePolicy(this, `policy-${addressPart(policy.name)}`, {
        name: policy.name,
        role: roleName,
        policy: policyAttribute(policy.document),
        lifecycle,
      });
      return reference(resource, "name");
    });
    // Terraform knows the ARN of a policy only once it is made, and with it no element of a list: where the ARN is
    // composed, the plan shows the list, and the attachment still comes first.
    const listed: string[] = [];
    const first: string[] = [];
    const attach = (name: string, policyArn: string): IamRolePolicyAttachment =>
      new IamRolePolicyAttachment(this, `attachment-${addressPart(name)}`, {
        role: roleName,
        policyArn,
        lifecycle,
      });
    for (const [name, arn] of Object.entries(props.managedPolicyArns ?? {})) {
      listed.push(reference(attach(name, arn), "policy_arn"));
    }
    for (const policy of props.customerPolicies ?? []) {
      const resource = new IamPolicy(this, `managed-${addressPart(policy.name)}`, {
        name: policy.name,
        path: policy.path ?? "/",
        policy: policyAttribute(policy.document),
        ...tags,
      });
      const attachment = attach(policy.name, reference(resource, "arn"));
      listed.push(policy.arn ?? reference(attachment, "policy_arn"));
      if (policy.arn !== undefined) first.push(addressOf(attachment));
    }
    new IamRolePoliciesExclusive(this, "policies", { roleName, policyNames: inline });
    new IamRolePolicyAttachmentsExclusive(this, "attachments", {
      roleName,
      policyArns: listed,
      ...(first.length === 0 ? {} : { dependsOn: first.map(asDependable) }),
    });
    for (const name of props.instanceProfiles ?? []) {
      const profile = `profile-${addressPart(name)}`;
      new IamInstanceProfile(this, profile, {
        name,
        path: props.path ?? "/",
        role: roleName,
        ...tags,
      });
    }
    new TerraformOutput(this, "arn", { value: reference(role, "arn") });
  }
}

/**
 * The text of a policy as an attribute of a resource: AWS's own variables are escaped for Terraform,
 * attributes of other resources (tokens of the library) stay references.
 */
function policyAttribute(document: PolicyDocument): string {
  const text = terraformPolicyText(document);
  return text.includes("$${TfToken[") ? text.split("$${TfToken[").join("${TfToken[") : text;
}

/** Something with a Terraform address. */
interface Addressed {
  readonly terraformResourceType: string;
  readonly friendlyUniqueId: string;
}

/** The Terraform address of a resource. */
export function addressOf(resource: Addressed): string {
  return `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;
}

/** A reference to an attribute, as text: the same as the library's token, without a stack trace for each. */
export function reference(resource: Addressed, attribute: string): string {
  return `\${${addressOf(resource)}.${attribute}}`;
}

/** Tags as the provider takes them, with Terraform's templates escaped (rule GR-23). */
export function escapedTags(tags: Readonly<Record<string, string>> | undefined): {
  tags?: Record<string, string>;
} {
  const entries = Object.entries(tags ?? {});
  if (entries.length === 0) return {};
  return {
    tags: Object.fromEntries(
      entries.map(([key, value]) => [escapeTerraform(key), escapeTerraform(value)]),
    ),
  };
}

function asDependable(address: string): { readonly fqn: string } {
  return { fqn: address };
}
