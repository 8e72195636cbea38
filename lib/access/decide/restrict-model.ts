import { NO_ARN, nameInArn, parseArn } from "../../iam/arn";
import type { AccessGraph, RoleNode, UserNode } from "../access-graph";
import type { AccessModel } from "./access-model";
import type { AccountDirectory } from "../account-directory";
import { principalArn } from "../../iam/condition/caller";
import type { Caller } from "../../iam/condition/caller";
import { PARTITIONS } from "../../iam/partition";
import { policyDocument } from "../../iam/policy-document";

/**
 * A world with some roles and some callers alone. A caller that the Terraform does not make is taken to be
 * permitted everything by its own side, which is decided elsewhere.
 *
 * @param assumed what is taken for true of accounts that are not in the map
 */
export function restrictModel(
  world: AccessModel,
  roleArns: Iterable<string>,
  callers: Iterable<Caller>,
  assumed: AccountDirectory = new Map(),
): AccessModel {
  const { graph } = world;
  const roles = new Map<string, RoleNode>();
  const users = new Map<string, UserNode>();
  for (const arn of roleArns) {
    const role = graph.roles.get(arn);
    if (role !== undefined) roles.set(arn, role);
  }
  for (const caller of callers) {
    const arn = principalArn(caller);
    if (arn === undefined) continue;
    if (caller.kind === "user") users.set(arn, graph.users.get(arn) ?? outsider(arn));
    else {
      roles.set(
        arn,
        graph.roles.get(arn) ?? {
          ...outsider(arn),
          trust: { known: true, value: policyDocument([]) },
          maxSessionDuration: 3600,
        },
      );
    }
  }
  const part: AccessGraph = { ...graph, roles, users, grants: [] };
  const accounts = assumed.size === 0 ? world.accounts : new Map([...assumed, ...world.accounts]);
  return { ...world, graph: part, accounts };
}

const EVERYTHING = policyDocument([{ Effect: "Allow", Action: "*", Resource: "*" }]);

function outsider(arn: string): UserNode {
  const { partition: named = "", accountId = "", resource = "" } = parseArn(arn) ?? NO_ARN;
  return {
    arn,
    name: nameInArn(resource),
    path: "/",
    partition: PARTITIONS.find((each) => each === named) ?? "aws",
    accountId,
    stack: "",
    address: "",
    exclusive: { inline: false, managed: false },
    policies: [
      { name: "everything", kind: "inline", document: { known: true, value: EVERYTHING } },
    ],
  };
}
