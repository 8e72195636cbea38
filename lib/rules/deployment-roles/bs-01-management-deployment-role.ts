import { ORGANIZATIONS_ROLE } from "../../iam/aws-made-roles";
import type { Rule } from "../rule";

export const managementDeploymentRole: Rule = {
  id: "BS-01",
  severity: "error",
  summary:
    "the management account is not deployed by `OrganizationAccountAccessRole`, which exists only in accounts that the organization created",
  why: "Terraform cannot assume a role that is not there. Accounts that were invited lack it, too.",
  source: "AWS Organizations User Guide, orgs_manage_accounts_access-cross-account-role",
  *inMap({ map }) {
    for (const { key, management, deploymentRole, at } of map.accounts.values()) {
      if (!management || deploymentRole?.roleName !== ORGANIZATIONS_ROLE) continue;
      yield {
        at: [...at, "deploymentRole"],
        message: `\`${key}\` is the management account, where AWS Organizations creates no \`${ORGANIZATIONS_ROLE}\``,
        help: "write `deploymentRole: none` if Terraform runs there, or the name of a role that you created",
      };
    }
  },
};
