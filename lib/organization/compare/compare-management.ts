import type { Account } from "../../account-map/model/account-map";
import { quoteName } from "../../diagnostics/quote";
import type { Comparison } from "./comparison";
import { CONTROL_TOWER_ROLE, ORGANIZATIONS_ROLE } from "../../iam/aws-made-roles";
import { deploymentRoleName } from "./deployment-role-name";
import type { OrganizationDrift } from "./organization-drift";
import { setField } from "./organization-drift";

/**
 * Returns which accounts the map wrongly marks as the management account, or does not mark: also of
 * accounts that the organization does not list, since it has only one.
 */
export function compareManagement(comparison: Comparison): OrganizationDrift[] {
  return [...comparison.map.accounts.values()].flatMap(
    (account) => compareFlag(account, comparison) ?? [],
  );
}

function compareFlag(account: Account, comparison: Comparison): OrganizationDrift | undefined {
  const { organization, mapOrganization, raw } = comparison;
  const { key, id } = account;
  if (organization.managementAccountId === undefined) return undefined;
  const isManagement = organization.managementAccountId === id;
  if (isManagement === account.management) return undefined;
  // What the map says of another organization is not contradicted by this one.
  if (!isManagement && account.organization?.key !== mapOrganization?.key) return undefined;
  const facts = { kind: "management-account", key, management: isManagement } as const;
  if (!isManagement) {
    const message = `${quoteName(key)} (${id}) is not the management account, which is ${organization.managementAccountId}`;
    return { ...facts, message, edits: [setField(key, ["management"])] };
  }
  const role = deploymentRoleName(raw.accounts[key]?.deploymentRole, raw.defaults?.deploymentRole);
  const absent = role === ORGANIZATIONS_ROLE || role === CONTROL_TOWER_ROLE;
  return {
    ...facts,
    ...(absent ? { rule: "BS-01" as const } : {}),
    message: `${quoteName(key)} (${id}) is the management account`,
    ...(absent
      ? {
          help: `it has no \`${role}\`, so its \`deploymentRole\` becomes \`none\`: Terraform runs there, or you name a role that you created`,
        }
      : {}),
    edits: [
      setField(key, ["management"], true),
      ...(absent ? [setField(key, ["deploymentRole"], "none")] : []),
    ],
  };
}
