import type { GrantNode, PermissionPolicy } from "../access-graph";
import { ownersIn } from "./attach-policies";
import type { GroupGrant } from "./attach-policies";
import { grantNode } from "./identities";
import type { Identities, IdentityDraft } from "./identities";
import { report } from "./reading";
import type { PlacedResource, Reading } from "./reading";

/** A user in a group, as a resource says it. */
interface Membership {
  readonly resource: PlacedResource;
  readonly user: IdentityDraft | string;
  readonly group: IdentityDraft | string;
}

/**
 * Gives users the policies of the groups that they are in, and returns those of users that no resource makes.
 * Who else is in a group that no resource makes is not known: its policies could be any user's.
 */
export function joinGroups(
  reading: Reading,
  resources: readonly PlacedResource[],
  people: Identities,
  ofGroups: readonly GroupGrant[],
): GrantNode[] {
  for (const { resource, group } of ofGroups) {
    const message = `gives the group \`${group}\` a policy, and which users are in it is not in the Terraform`;
    const { accountId } = resource.location;
    const could = [{ what: "permissions", how: "adds", accountId, kind: "user" }] as const;
    report(reading, resource, "access-group", message, { could });
  }
  const grants: GrantNode[] = [];
  const seen = new Set<string>();
  for (const { resource, user, group } of memberships(reading, resources, people)) {
    const { accountId } = resource.location;
    const key = JSON.stringify([accountId, nameOf(user), nameOf(group)].map(lower));
    if (seen.has(key)) continue;
    seen.add(key);
    for (const policy of policiesOf(resource, group, ofGroups)) {
      if (typeof user === "object") user.policies.push(policy);
      else grants.push(grantNode(resource, "user", user, policy));
    }
  }
  return grants;
}

function memberships(
  reading: Reading,
  resources: readonly PlacedResource[],
  people: Identities,
): Membership[] {
  return resources.flatMap((resource): Membership[] => {
    switch (resource.type) {
      case "aws_iam_user_group_membership": {
        const user = people.find(reading, resource, "user", "user");
        const groups = ownersIn(reading, resource, people, "groups", "group");
        return user === undefined ? [] : groups.map((group) => ({ resource, user, group }));
      }
      case "aws_iam_group_membership": {
        const group = people.find(reading, resource, "group", "group");
        const users = ownersIn(reading, resource, people, "users", "user");
        return group === undefined ? [] : users.map((user) => ({ resource, user, group }));
      }
      default:
        return [];
    }
  });
}

/** The policies of a group under names that no policy of a user has. */
function policiesOf(
  resource: PlacedResource,
  group: IdentityDraft | string,
  ofGroups: readonly GroupGrant[],
): readonly PermissionPolicy[] {
  const name = nameOf(group);
  const named = (policy: PermissionPolicy): PermissionPolicy =>
    policy.kind === "managed" ? policy : { ...policy, name: `${name}/${policy.name}` };
  if (typeof group === "object") return group.policies.map(named);
  const { accountId } = resource.location;
  const own = ofGroups.filter(
    (each) => lower(each.group) === lower(name) && each.resource.location.accountId === accountId,
  );
  const reason = `what the group \`${name}\` is permitted is not in the Terraform`;
  const rest: PermissionPolicy = {
    name: `${name}/*`,
    kind: "managed",
    document: { known: false, reason },
    anonymous: true,
  };
  return [...own.map(({ policy }) => named(policy)), rest];
}

function nameOf(identity: IdentityDraft | string): string {
  return typeof identity === "string" ? identity : identity.name;
}

/** Names are unique in an account regardless of case (rule ID-06). */
function lower(text: string): string {
  return text.toLowerCase();
}
