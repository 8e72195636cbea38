import { STACK_SET_ROLE_PREFIX } from "../../iam/aws-made-roles";
import type { Account } from "../../account-map/model/account-map";
import { formatAccounts } from "../facts/accounts-in-words";
import type { Rule } from "../rule";

export const stackSetDeploymentRole: Rule = {
  id: "BS-04",
  severity: "warning",
  summary: "no account is deployed by a role of service-managed StackSets",
  why: "`stacksets-exec-*` roles trust only the service-linked role of StackSets.",
  source: "AWS managed policy CloudFormationStackSetsOrgAdminServiceRolePolicy",
  *inMap({ map }) {
    const accounts = [...map.accounts.values()].filter(isDeployedByStackSets);
    const [first] = accounts;
    if (first === undefined) return;
    yield {
      at: [...first.at, "deploymentRole"],
      message: `a \`stacksets-exec-\` role of ${formatAccounts(accounts)} trusts only the service-linked role of StackSets`,
      help: "deploy a role of your own with the stack set, and name that one",
    };
  },
};

function isDeployedByStackSets({ deploymentRole }: Account): boolean {
  if (deploymentRole === undefined) return false;
  return [deploymentRole, ...deploymentRole.via].some(({ roleName }) =>
    roleName.startsWith(STACK_SET_ROLE_PREFIX),
  );
}
