import { CONTROL_TOWER_ROLE, ORGANIZATIONS_ROLE } from "../../iam/aws-made-roles";
import type { Account, AccountMap } from "../../account-map/model/account-map";
import { formatAccounts } from "../facts/accounts-in-words";
import type { Rule } from "../rule";
import type { RuleFinding } from "../rule-finding";

export const controlTowerDeploymentRole: Rule = {
  id: "BS-02",
  severity: "warning",
  summary:
    "accounts of an organization with Control Tower are deployed by `AWSControlTowerExecution`, its management account by another role",
  why: "Account Factory creates `AWSControlTowerExecution` instead of `OrganizationAccountAccessRole`, and not in the management account.",
  source: "AWS Control Tower User Guide, roles-how",
  *inMap({ map }) {
    yield* managementAccounts(map);
    for (const organization of map.organizations.values()) {
      const members = [...map.accounts.values()].filter(
        (account) => account.organization === organization && !account.management,
      );
      const enrolled = members.filter((account) => isDeployedBy(account, CONTROL_TOWER_ROLE));
      const others = members.filter((account) => isDeployedBy(account, ORGANIZATIONS_ROLE));
      const [first] = others;
      if (enrolled.length === 0 || first === undefined) continue;
      yield {
        at: [...first.at, "deploymentRole"],
        message: `Control Tower manages ${formatAccounts(enrolled)}, and accounts that it created lack \`${ORGANIZATIONS_ROLE}\`, the deployment role of ${formatAccounts(others)}`,
        help: `write \`deploymentRole: ${CONTROL_TOWER_ROLE}\`, or accept this for accounts that are older than Control Tower`,
      };
    }
  },
};

function* managementAccounts(map: AccountMap): Generator<RuleFinding> {
  for (const account of map.accounts.values()) {
    if (!account.management || !isDeployedBy(account, CONTROL_TOWER_ROLE)) continue;
    yield {
      at: [...account.at, "deploymentRole"],
      message: `\`${account.key}\` is the management account, where Control Tower creates no \`${CONTROL_TOWER_ROLE}\``,
      help: "write `deploymentRole: none` if Terraform runs there, or the name of a role that you created",
    };
  }
}

function isDeployedBy({ deploymentRole }: Account, roleName: string): boolean {
  return deploymentRole?.roleName === roleName;
}
