import {
  ACCOUNT_FACTORY_ROLE,
  CONTROL_TOWER_ROLE,
  ORGANIZATIONS_ROLE,
} from "../iam/aws-made-roles";

/** Roles that others make in accounts and that may do everything there, with the rule that says so. */
const ADMINISTRATOR_ROLES: ReadonlyMap<string, AdministratorRole> = new Map([
  [ORGANIZATIONS_ROLE, { rule: "BS-01", madeBy: "AWS Organizations, in accounts that it creates" }],
  [
    CONTROL_TOWER_ROLE,
    { rule: "BS-02", madeBy: "Control Tower, in accounts of its Account Factory" },
  ],
  [
    ACCOUNT_FACTORY_ROLE,
    { rule: "BS-03", madeBy: "Account Factory for Terraform; only AWSAFTAdmin can assume it" },
  ],
]);

/** What is known of a role that others make. */
export interface AdministratorRole {
  readonly rule: "BS-01" | "BS-02" | "BS-03";
  /** Who makes it, and where. */
  readonly madeBy: string;
}

/** What is known of a role of this name, where it is one that others make and that may do everything. */
export function administratorRole(name: string): AdministratorRole | undefined {
  return ADMINISTRATOR_ROLES.get(name);
}
