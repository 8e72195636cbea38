import type { Caller } from "../../iam/condition/caller";
import { callerAccount, principalArn } from "../../iam/condition/caller";
import type { AccessGraph, PermissionPolicy } from "../access-graph";

/** What is known of the policies that a caller's side has. */
export type CallerEvidence =
  /** The Terraform makes the user or role: all its policies are known. */
  | {
      readonly known: "all";
      readonly policies: readonly PermissionPolicy[];
      readonly boundary: PermissionPolicy | undefined;
    }
  /** The Terraform puts these policies on it; what else it has is not known. */
  | { readonly known: "some"; readonly policies: readonly PermissionPolicy[] }
  | { readonly known: "nothing" };

/** Collects what a graph says of a caller's permissions. Services and federated callers have none. */
export function callerEvidence(graph: AccessGraph, caller: Caller): CallerEvidence {
  const arn = principalArn(caller);
  if (arn === undefined) return { known: "nothing" };
  const node = caller.kind === "user" ? graph.users.get(arn) : graph.roles.get(arn);
  if (node !== undefined) {
    return { known: "all", policies: node.policies, boundary: node.boundary };
  }
  const kind = caller.kind === "user" ? "user" : "role";
  const account = callerAccount(caller);
  const name = arn.slice(arn.lastIndexOf("/") + 1);
  const policies = graph.grants
    .filter((grant) => grant.kind === kind && grant.accountId === account && grant.name === name)
    .map(({ policy }) => policy);
  return policies.length > 0 ? { known: "some", policies } : { known: "nothing" };
}
