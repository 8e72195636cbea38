import type { AccessGraph, PermissionPolicy } from "../access-graph";
import type { AccountDirectory } from "../environment";
import type { StsAction } from "./sts-action";
import type { RequestFacts } from "./complete-context";
import type { ControlPolicies } from "./control-policies";

/** One request of one action. */
export interface RoleRequest extends RequestFacts {
  readonly action: StsAction;
  /**
   * Policies that were passed when the caller's session was obtained (rule ID-30).
   *
   * @default - none
   */
  readonly sessionPolicies?: readonly PermissionPolicy[];
}

/** All that decides requests: what the Terraform makes, what the map says, and what was supplied. */
export interface AccessModel {
  readonly graph: AccessGraph;
  readonly accounts: AccountDirectory;
  readonly controls: ControlPolicies;
}

/** Whether control policies leave an account alone (rules PB-06, PB-07). */
export function isManagement({ accounts }: AccessModel, accountId: string): boolean {
  return accounts.get(accountId)?.isManagement ?? false;
}
