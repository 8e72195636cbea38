import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformVariable } from "cdktf";
import type { TerraformStack } from "cdktf";
import type { Account, Tags } from "../lib/account-map/model/account-map";
import { roleArn } from "../lib/iam/arn";
import { escapedTags } from "./exclusive-role";

/** Name of the variable that says which role Terraform assumes in the account. */
export const DEPLOYMENT_ROLE_VARIABLE = "deployment_role_arn";

/** How sessions of Terraform are named in audit logs. */
const SESSION_NAME = "trustwheel";

/**
 * Gives a stack its only provider: guarded by the account's id, with the account's deployment role
 * and the tags of everything.
 *
 * The role is an ephemeral variable with the deployment role as its default, so that plan and apply
 * can use different roles with one saved plan.
 */
export function addAccountProvider(
  stack: TerraformStack,
  account: Account,
  accounts: ReadonlyMap<string, Account>,
  tags: Tags,
): void {
  const assumed = account.deploymentRole;
  const assumeRole = [];
  if (assumed !== undefined) {
    for (const hop of assumed.via) {
      const home = accounts.get(hop.accountKey) ?? account;
      const location = { partition: home.partition, accountId: home.id };
      assumeRole.push({
        roleArn: roleArn(location, hop.path, hop.roleName),
        sessionName: SESSION_NAME,
        ...(hop.externalId === undefined ? {} : { externalId: hop.externalId }),
      });
    }
    const location = { partition: account.partition, accountId: account.id };
    const variable = new TerraformVariable(stack, DEPLOYMENT_ROLE_VARIABLE, {
      type: "string",
      description: "Role that Terraform assumes in this account",
      default: roleArn(location, assumed.path, assumed.roleName),
      nullable: false,
    });
    variable.addOverride("ephemeral", true);
    assumeRole.push({
      roleArn: `\${var.${DEPLOYMENT_ROLE_VARIABLE}}`,
      sessionName: SESSION_NAME,
      ...(assumed.externalId === undefined ? {} : { externalId: assumed.externalId }),
    });
  }
  new AccountProvider(stack, "aws", {
    region: account.region,
    allowedAccountIds: [account.id],
    ...(assumeRole.length === 0 ? {} : { assumeRole }),
    ...(Object.keys(tags).length === 0 ? {} : { defaultTags: [escapedTags(tags)] }),
  });
}

/** The provider without the attributes that are not set: there are some forty, and the library resolves each. */
class AccountProvider extends AwsProvider {
  protected override synthesizeAttributes(): Record<string, unknown> {
    const attributes = super.synthesizeAttributes() as Record<string, unknown>;
    return Object.fromEntries(
      Object.entries(attributes).filter(([, value]) => value !== undefined),
    );
  }
}
