import { policyDocument } from "../../iam/policy-document";
import type { PolicyDocument } from "../../iam/policy-document";
import type { PermissionPolicy } from "../access-graph";
import type { AccessModel } from "./access-model";

const EVERYTHING: PolicyDocument = policyDocument([
  { Effect: "Allow", Action: "*", Resource: "*" },
]);

/** The same world, in which a policy whose text is not at hand permits everything. */
export function assumeUnknownAllowed(world: AccessModel): AccessModel {
  const open = (policy: PermissionPolicy): PermissionPolicy =>
    policy.document.known ? policy : { ...policy, document: { known: true, value: EVERYTHING } };
  const opened = <T extends { policies: readonly PermissionPolicy[]; boundary?: PermissionPolicy }>(
    nodes: ReadonlyMap<string, T>,
  ): Map<string, T> =>
    new Map(
      [...nodes].map(([arn, node]) => [
        arn,
        {
          ...node,
          policies: node.policies.map(open),
          ...(node.boundary === undefined ? {} : { boundary: open(node.boundary) }),
        },
      ]),
    );
  const { graph } = world;
  const grants = graph.grants.map((grant) => ({ ...grant, policy: open(grant.policy) }));
  return {
    ...world,
    graph: { ...graph, roles: opened(graph.roles), users: opened(graph.users), grants },
  };
}
