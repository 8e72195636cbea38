import { compareEmulatedAccess } from "../emulated-aws/compare-emulated-access";
import type { ComparedAccess } from "../emulated-aws/compare-emulated-access";
import { readEmulatedAccess } from "../emulated-aws/emulated-access";
import type { EmulatedAccess, Grantees } from "../emulated-aws/emulated-access";
import { GIVEN_ROLES } from "../emulated-aws/emulated-year";
import { DEPLOYMENT_ROLE, PLAN_ROLE } from "./terraform-year";
import type { TerraformYear } from "./terraform-year";

/** Whoever others made. */
const GRANTEES: Grantees = { roles: new Set(["runner"]), users: new Set(["ann"]) };
const IGNORED: ReadonlySet<string> = new Set([...GIVEN_ROLES, DEPLOYMENT_ROLE, PLAN_ROLE]);

/** What there is in all accounts. */
export function accessOf({ accounts, organization }: TerraformYear): Promise<EmulatedAccess> {
  return readEmulatedAccess(accounts, organization.accountIds, IGNORED, GRANTEES);
}

/** What there is, beside the map. */
export async function compareWithMap(year: TerraformYear): Promise<ComparedAccess> {
  const { map, plan } = year.project.read();
  return compareEmulatedAccess(await accessOf(year), map, plan);
}

/** Unique ids by ARN: another one means that a role was made anew. */
export async function roleIds(year: TerraformYear): Promise<Record<string, string>> {
  const { roles } = await accessOf(year);
  return Object.fromEntries([...roles].map(([arn, { roleId }]) => [arn, roleId]));
}
