import type { Account } from "../../account-map/model/account-map";
import { formatAccounts } from "../facts/accounts-in-words";
import { CONTROL_TOWER_ROLE, ORGANIZATIONS_ROLE } from "../../iam/aws-made-roles";
import type { Rule } from "../rule";

/** What can be seen of the way that Terraform takes: the trust of the roles was made elsewhere, so this is a warning. */
export const deploymentStart: Rule = {
  id: "BS-05",
  severity: "warning",
  summary:
    "the roles that Organizations and Control Tower create are assumed from the management account",
  why: "They trust no other account: Terraform that runs elsewhere is denied, unless their trust policy was changed or it goes through the management account.",
  source: "AWS Organizations User Guide, orgs_manage_accounts_access-cross-account-role",
  *inMap({ map }) {
    const accounts = [...map.accounts.values()];
    const starts =
      map.pipeline === undefined
        ? accounts.filter(({ deploymentRole }) => deploymentRole === undefined)
        : [map.pipeline.account];
    for (const management of accounts) {
      if (!management.management || management.organization === undefined) continue;
      const denied = accounts.filter(
        (account) =>
          account.organization === management.organization &&
          account !== management &&
          comesFromElsewhere(account, management, starts),
      );
      const [first] = denied;
      if (first === undefined) continue;
      yield {
        at: [...first.at, "deploymentRole"],
        message: `\`${first.deploymentRole?.roleName ?? ""}\` in ${formatAccounts(denied)} trusts only the management account \`${management.key}\`, and Terraform runs in another`,
        help: `write \`deploymentRole: none\` for \`${management.key}\` if Terraform runs there; if not, add \`via:\` with one of its roles, or accept this if the trust policy was changed`,
      };
    }
  },
};

/** Whether the last account before a deployment role is known, and is not the management account. */
function comesFromElsewhere(
  { deploymentRole }: Account,
  management: Account,
  starts: readonly Account[],
): boolean {
  const role = deploymentRole?.roleName;
  if (role !== ORGANIZATIONS_ROLE && role !== CONTROL_TOWER_ROLE) return false;
  const last = deploymentRole?.via.at(-1);
  if (last !== undefined) return last.accountKey !== management.key;
  return starts.length > 0 && !starts.includes(management);
}
