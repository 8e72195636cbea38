import { nameInArn } from "../../iam/arn";
import type { Caller } from "../../iam/condition/caller";
import { callerAccount, principalArn } from "../../iam/condition/caller";
import type { AccessGraph, PermissionPolicy } from "../access-graph";
import { subjectOf } from "../unread/subjects";
import { withUnread } from "../unread/with-unread";

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

/**
 * Collects what a graph says of a caller's permissions, with what was not read and could change them as
 * policies of unknown text. Services and federated callers have none.
 */
export function callerEvidence(graph: AccessGraph, caller: Caller): CallerEvidence {
  const evidence = readEvidence(graph, caller);
  const subject = subjectOf(graph, caller);
  if (graph.unread === undefined || graph.unread.length === 0 || subject === undefined) {
    return evidence;
  }
  const own = evidence.known === "nothing" ? [] : evidence.policies;
  const policies = withUnread(own, graph.unread, subject, "permissions");
  if (policies === own) return evidence;
  // What may not be so as it was read, may have no boundary either.
  return evidence.known === "all"
    ? {
        ...evidence,
        policies,
        boundary: own.every((each) => policies.includes(each)) ? evidence.boundary : undefined,
      }
    : { known: "some", policies };
}

function readEvidence(graph: AccessGraph, caller: Caller): CallerEvidence {
  const arn = principalArn(caller);
  if (arn === undefined) return { known: "nothing" };
  const node = caller.kind === "user" ? graph.users.get(arn) : graph.roles.get(arn);
  if (node !== undefined) {
    return { known: "all", policies: node.policies, boundary: node.boundary };
  }
  const kind = caller.kind === "user" ? "user" : "role";
  const account = callerAccount(caller);
  const name = nameInArn(arn);
  const policies = graph.grants
    .filter((grant) => grant.kind === kind && grant.accountId === account && grant.name === name)
    .map(({ policy }) => policy);
  return policies.length > 0 ? { known: "some", policies } : { known: "nothing" };
}
