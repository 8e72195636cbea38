import type { AccessGraph } from "../access-graph";
import type { AccountDirectory } from "../account-directory";
import type { ControlPolicies } from "./control-policies";

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
