import { ACCOUNT_FACTORY_ROLE } from "../../iam/aws-made-roles";
import { formatAccounts } from "../facts/accounts-in-words";
import type { Rule } from "../rule";

export const accountFactoryDeploymentRole: Rule = {
  id: "BS-03",
  severity: "warning",
  summary: "`AWSAFTExecution` is assumed through `AWSAFTAdmin`",
  why: "`AWSAFTExecution` trusts no other role: Terraform would be denied in every account.",
  source: "aws-ia/terraform-aws-control_tower_account_factory, modules/aft-iam-roles",
  *inMap({ map }) {
    const direct = [...map.accounts.values()].filter(
      ({ deploymentRole }) =>
        deploymentRole?.roleName === ACCOUNT_FACTORY_ROLE &&
        deploymentRole.via.at(-1)?.roleName !== "AWSAFTAdmin",
    );
    const [first] = direct;
    if (first === undefined) return;
    yield {
      at: [...first.at, "deploymentRole"],
      message: `\`AWSAFTExecution\` in ${formatAccounts(direct)} trusts only \`AWSAFTAdmin\` in the Account Factory for Terraform account`,
      help: "write `deploymentRole: {role: AWSAFTExecution, via: [{account: ..., role: AWSAFTAdmin}]}`, or accept this if Terraform runs as `AWSAFTAdmin`",
    };
  },
};
