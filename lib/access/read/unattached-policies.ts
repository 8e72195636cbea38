import type { PolicyNode } from "../access-graph";
import type { Unread } from "../unread/unread";
import type { ManagedPolicies } from "./managed-policies";
import type { Reading } from "./reading";

/** Rule of a policy that nothing attaches. */
export const UNATTACHED = "access-unattached";

/**
 * Policies that nothing in the Terraform attaches. Who has one attached by hand is drift, as every policy that is
 * attached by hand, and no question about the Terraform is about it; a proof and a review tell such a policy.
 */
export function unattachedPolicies(managed: ManagedPolicies, reading: Reading): readonly Unread[] {
  return [...managed.made().values()]
    .filter(({ isUsed }) => !isUsed)
    .map((policy): Unread => {
      const { stack, address } = policy;
      const resource = reading.find(stack, address);
      const span = resource === undefined ? undefined : reading.locate(resource);
      return {
        rule: UNATTACHED,
        stack,
        file: resource?.file ?? stack,
        ...(span === undefined ? {} : { span }),
        resource: address,
        reason: unattachedReason(policy),
        could: [],
      };
    });
}

/** Why it is not known what a policy does that nothing attaches. */
export function unattachedReason({ address, arn }: PolicyNode): string {
  return `${address} makes ${arn}, which nothing in the Terraform attaches: who has it is not known`;
}
