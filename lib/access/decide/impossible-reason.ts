import { splitArn } from "../../iam/condition/arn-match";
import { principalArn } from "../../iam/condition/caller";
import { assumingAction } from "./sts-action";
import type { RoleRequest } from "./access-model";

/** Why such a caller cannot make such a request at all, whatever the policies say. */
export function impossibleReason({ caller, action, roleArn }: RoleRequest): string | undefined {
  const assuming = assumingAction(caller.kind);
  if (action.startsWith("sts:AssumeRole") && action !== assuming) {
    return `a ${caller.kind} caller obtains a role by ${assuming}, not by ${action} (GR-10)`;
  }
  const [, partition, , , account] = splitArn(roleArn) ?? [];
  const named = principalArn(caller) ?? ("provider" in caller ? caller.provider : undefined);
  const [, ownPartition, , , ownAccount] = splitArn(named ?? "") ?? [];
  if (ownPartition !== undefined && ownPartition !== partition) {
    return `partitions never meet: the caller is in ${ownPartition}, the role in ${partition ?? "none"} (PT-03)`;
  }
  if ("provider" in caller && ownAccount !== undefined && ownAccount !== account) {
    return `the identity provider is not in the role's account (OI-02)`;
  }
  return undefined;
}
