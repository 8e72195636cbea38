import { instanceProfileArn } from "../../iam/arn";
import type { InstanceProfileNode, RoleNode } from "../access-graph";
import type { Identities } from "./identities";
import { place } from "./place";
import { pathOf, report, requiredText } from "./reading";
import type { PlacedResource, Reading } from "./reading";

/** Reads instance profiles and the roles in them. */
export function instanceProfiles(
  reading: Reading,
  resources: readonly PlacedResource[],
  people: Identities,
  roles: ReadonlyMap<string, RoleNode>,
): ReadonlyMap<string, InstanceProfileNode> {
  const profiles = new Map<string, InstanceProfileNode>();
  const byAddress = new Map([...roles.values()].map((role) => [addressIn(role), role]));
  for (const resource of resources) {
    const name = requiredText(reading, resource, "name");
    const path = pathOf(reading, resource);
    if (name === undefined || path === undefined) continue;
    const arn = instanceProfileArn(resource.location, path, name);
    if (profiles.has(arn)) {
      const what = `makes the instance profile ${arn} a second time`;
      report(reading, resource, "access-duplicate", what);
    }
    const found = people.find(reading, resource, "role", "role");
    const role = typeof found === "object" ? byAddress.get(addressIn(found.resource)) : undefined;
    profiles.set(arn, {
      ...place(resource),
      arn,
      role:
        role === undefined
          ? { known: false, reason: "its role is not in the Terraform" }
          : { known: true, value: role.arn },
    });
  }
  return profiles;
}

function addressIn({
  stack,
  address,
}: {
  readonly stack: string;
  readonly address: string;
}): string {
  return `${stack} ${address}`;
}
