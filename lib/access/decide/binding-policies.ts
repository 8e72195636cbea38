import { callerAccount } from "../../iam/condition/caller";
import type { Caller } from "../../iam/condition/caller";
import type { PermissionPolicy } from "../access-graph";
import { isManagement } from "./access-model";
import type { AccessModel } from "./access-model";

/** The service control policies that bind a caller, level by level: those of its own account (rule PB-06). */
export function bindingPolicies(
  world: AccessModel,
  caller: Caller,
): readonly (readonly PermissionPolicy[])[] {
  const account = callerAccount(caller);
  return account === undefined || isManagement(world, account)
    ? []
    : (world.controls.service.get(account) ?? []);
}

/** The resource control policies that guard the roles of an account, whoever calls (rule PB-07). */
export function guardingPolicies(
  world: AccessModel,
  accountId: string,
): readonly PermissionPolicy[] {
  return isManagement(world, accountId) ? [] : (world.controls.resource.get(accountId) ?? []);
}
