import type { AddAccount } from "../../account-map/edit/map-edit";
import type { Partition } from "../../iam/partition";
import { partitionOfRegion } from "../../iam/partition";
import { quoteText } from "../../diagnostics/quote";
import { unitOf } from "./compare-account";
import { isDefaultOrganization } from "./comparison";
import type { Comparison } from "./comparison";
import { CONTROL_TOWER_ROLE, ORGANIZATIONS_ROLE } from "../../iam/aws-made-roles";
import { deploymentRoleName } from "./deployment-role-name";
import { pickTags } from "./managed-tags";
import type { OrganizationAccount } from "../organization";
import type { OrganizationDrift } from "./organization-drift";

/** An account that the map lacks, with the edit that adds it under a key. */
export function missingAccount(
  account: OrganizationAccount & { readonly id: string },
  key: string,
  comparison: Comparison,
): OrganizationDrift {
  const { id, name } = account;
  const unit = unitOf(account, comparison);
  const place = unit === undefined ? "" : ` in ${unit}`;
  const facts = {
    kind: "missing-account",
    key,
    account,
    message: `${quoteText(name)} (${id})${place} is not in the map`,
  } as const;
  const { partition } = comparison.organization;
  const usual = usualPartition(comparison);
  if (partition !== undefined && partition !== usual) {
    return {
      ...facts,
      rule: "PT-03",
      help: `it is in the partition \`${partition}\`, the map's accounts in \`${usual}\`: add it with its own \`partition:\` and \`region:\`, or to its own map`,
      edits: [],
    };
  }
  const { role, help, rule } = deploymentOf(account, comparison);
  const edit = { ...newAccount(account, key, unit, comparison), ...role };
  return {
    ...facts,
    ...(help === undefined ? {} : { help }),
    ...(rule === undefined ? {} : { rule }),
    edits: [edit],
  };
}

function newAccount(
  { id, name, tags = {} }: OrganizationAccount & { readonly id: string },
  key: string,
  unit: string | undefined,
  { raw, organization, mapOrganization, tagKeys }: Comparison,
): AddAccount {
  const own = pickTags(tags, tagKeys);
  return {
    kind: "add-account",
    key,
    id,
    ...(name === key || !organization.awsNames ? {} : { name }),
    ...(unit === undefined || unit === "/" ? {} : { unit }),
    ...(mapOrganization === undefined || isDefaultOrganization(raw, mapOrganization.key)
      ? {}
      : { organization: mapOrganization.key }),
    ...(organization.managementAccountId === id ? { management: true } : {}),
    ...(Object.keys(own).length === 0 ? {} : { tags: own }),
  };
}

interface Deployment {
  /** @default - that of the map's defaults */
  readonly role?: { readonly deploymentRole: string };
  readonly help?: string;
  readonly rule?: "BS-01" | "BS-02";
}

/** Which role Terraform can assume in a new account. */
function deploymentOf(
  { id, joined, madeBy }: OrganizationAccount & { readonly id: string },
  { raw, organization }: Comparison,
): Deployment {
  const usual = deploymentRoleName(undefined, raw.defaults?.deploymentRole);
  if (organization.managementAccountId === id) {
    if (usual !== ORGANIZATIONS_ROLE && usual !== CONTROL_TOWER_ROLE) return {};
    return {
      role: { deploymentRole: "none" },
      rule: "BS-01",
      help: `it is the management account, which has no \`${usual}\`: Terraform runs there, or you name a role that you created`,
    };
  }
  if (usual !== ORGANIZATIONS_ROLE) return {};
  if (madeBy !== undefined) {
    return {
      role: { deploymentRole: CONTROL_TOWER_ROLE },
      rule: "BS-02",
      help: `Account Factory for Terraform created it, with \`${CONTROL_TOWER_ROLE}\` instead of \`${usual}\``,
    };
  }
  if (joined !== "invited") return {};
  return {
    rule: "BS-01",
    help: `it was invited, so it has no \`${usual}\`: create it, or name another role under \`deploymentRole\`; \`trustwheel doctor\` shows whether it works`,
  };
}

/** The partition of accounts that say nothing of their own. */
function usualPartition({ raw: { defaults = {} } }: Comparison): Partition {
  const { partition, region } = defaults;
  return partition ?? (region === undefined ? undefined : partitionOfRegion(region)) ?? "aws";
}
