import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePoliciesExclusive } from "@cdktf/provider-aws/lib/iam-role-policies-exclusive";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { IamRolePolicyAttachmentsExclusive } from "@cdktf/provider-aws/lib/iam-role-policy-attachments-exclusive";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import type { PlainRole, PlainStack } from "./plain-resources";

/** Constructs all stacks as CDKTF's documentation shows it: one construct a resource, joined by attributes. */
export function constructBareApp(outdir: string, stacks: readonly PlainStack[]): App {
  const app = new App({ outdir });
  for (const stack of stacks) new BareStack(app, stack);
  return app;
}

class BareStack extends TerraformStack {
  constructor(app: App, plain: PlainStack) {
    super(app, plain.name);
    this.addOverride("terraform.required_providers.aws.source", "hashicorp/aws");
    this.addOverride("terraform.required_version", ">= 1.10.0");
    new LocalBackend(this, { path: `../../../state/${plain.accountId}.tfstate` });
    const deploymentRole = new TerraformVariable(this, "deployment_role_arn", {
      type: "string",
      description: "Role that Terraform assumes in this account",
      default: plain.deploymentRoleArn,
      nullable: false,
    });
    deploymentRole.addOverride("ephemeral", true);
    new AwsProvider(this, "aws", {
      region: plain.region,
      allowedAccountIds: [plain.accountId],
      assumeRole: [{ roleArn: deploymentRole.stringValue, sessionName: "trustwheel" }],
      defaultTags: [{ tags: { ...plain.tags } }],
    });
    const boundaries = new Map(
      plain.boundaries.map(({ id, name, path, text }) => [
        id,
        new IamPolicy(this, id, { name, path, policy: text }),
      ]),
    );
    for (const role of plain.roles) addRole(this, role, boundaries.get(role.boundaryId));
  }
}

function addRole(stack: TerraformStack, plain: PlainRole, boundary: IamPolicy | undefined): void {
  const role = new IamRole(stack, plain.id, {
    name: plain.name,
    path: plain.path,
    description: plain.description,
    maxSessionDuration: plain.maxSessionSeconds,
    assumeRolePolicy: plain.trust,
    ...(boundary === undefined ? {} : { permissionsBoundary: boundary.arn }),
  });
  // What a role that is made anew has lost is attached again.
  const lifecycle = { replaceTriggeredBy: [`aws_iam_role.${role.friendlyUniqueId}.arn`] };
  const inline = plain.inline.map(
    ({ id, name, text }) =>
      new IamRolePolicy(stack, id, { name, role: role.name, policy: text, lifecycle }),
  );
  const attached = plain.managed.map(
    ({ id, arn }) =>
      new IamRolePolicyAttachment(stack, id, { role: role.name, policyArn: arn, lifecycle }),
  );
  new IamRolePoliciesExclusive(stack, `${plain.id}_policies`, {
    roleName: role.name,
    policyNames: inline.map((policy) => policy.name),
  });
  new IamRolePolicyAttachmentsExclusive(stack, `${plain.id}_attachments`, {
    roleName: role.name,
    policyArns: attached.map((attachment) => attachment.policyArn),
  });
  new TerraformOutput(stack, `${plain.id}_arn`, { value: role.arn });
}
