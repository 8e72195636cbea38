import type { PermissionPolicy } from "../access-graph";
import type { IdentityDraft, IdentityKind } from "./identities";
import { report } from "./reading";
import type { PlacedResource, Reading } from "./reading";
import { addTo } from "../../values/group";

/** A policy that a resource attaches. */
export interface Attachment {
  readonly resource: PlacedResource;
  readonly kind: IdentityKind;
  readonly owner: IdentityDraft | string;
  readonly policy: PermissionPolicy;
}

/**
 * Reports what takes policies away that others attach, which come and go with every apply:
 * `aws_iam_policy_attachment` detaches its policy from everybody else in the account, and the lists that are
 * written into a role detach or delete what is not in them.
 *
 * Source: documentation of the provider, `aws_iam_policy_attachment` and `aws_iam_role`.
 */
export function reportTakenAway(reading: Reading, attachments: readonly Attachment[]): void {
  const byPolicy = new Map<string, Attachment[]>();
  for (const each of attachments) {
    const { accountId } = each.resource.location;
    if (each.policy.kind === "managed") {
      const key = `${accountId} ${each.policy.name}`;
      addTo(byPolicy, key, each);
    }
    reportEmbedded(reading, each);
  }
  for (const holders of byPolicy.values()) {
    const alone = holders.find(({ resource }) => resource.type === "aws_iam_policy_attachment");
    if (alone === undefined) continue;
    for (const { resource, owner, policy } of holders) {
      if (resource.type === alone.resource.type && resource.address === alone.resource.address) {
        continue;
      }
      const what = `takes \`${policy.name}\` away from ${ownerName(owner)}, to which ${resource.address} attaches it`;
      report(reading, alone.resource, "access-exclusive", what);
    }
  }
}

/** Lists in the role itself beside resources: the role takes away what is not in its list. */
function reportEmbedded(reading: Reading, { resource, owner, policy }: Attachment): void {
  if (typeof owner !== "object") return;
  const argument = policy.kind === "inline" ? "inline_policy" : "managed_policy_arns";
  const { written, embeds } = owner.resource;
  if (written !== true && embeds?.includes(argument) !== true) return;
  const value: unknown = owner.resource.attributes[argument];
  const isEmptyList = Array.isArray(value) && value.length === 0;
  // No block at all says nothing; an empty list of ARNs says that there are to be none.
  if (value === undefined || value === null || (isEmptyList && policy.kind === "inline")) return;
  const what = `has \`${argument}\`, which takes \`${policy.name}\` away where ${resource.address} attaches it`;
  report(reading, owner.resource, "access-exclusive", what, { argument });
}

function ownerName(owner: IdentityDraft | string): string {
  return typeof owner === "string" ? owner : owner.resource.address;
}
