import { nameInArn, parseArn } from "../../iam/arn";
import { callerAccount, principalArn } from "../../iam/condition/caller";
import type { Caller } from "../../iam/condition/caller";
import type { AccessGraph } from "../access-graph";
import type { Subject } from "./with-unread";

/** A user or role as a possibility is held against it; nobody for services and federated callers. */
export function subjectOf(graph: AccessGraph, caller: Caller): Subject | undefined {
  const arn = principalArn(caller);
  if (arn === undefined) return undefined;
  const kind = caller.kind === "user" ? "user" : "role";
  const node = kind === "user" ? graph.users.get(arn) : graph.roles.get(arn);
  return {
    kind,
    accountId: callerAccount(caller) ?? "",
    name: nameInArn(arn),
    managedExclusive: node?.exclusive.managed === true,
  };
}

/** A role by its ARN as a possibility is held against it. */
export function roleSubject(graph: AccessGraph, arn: string): Subject {
  const resource = parseArn(arn)?.resource ?? "";
  return {
    kind: "role",
    accountId: parseArn(arn)?.accountId ?? "",
    name: nameInArn(resource),
    managedExclusive: graph.roles.get(arn)?.exclusive.managed === true,
  };
}
