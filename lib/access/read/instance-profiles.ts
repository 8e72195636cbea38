import { instanceProfileArn } from "../../iam/arn";
import type { InstanceProfileNode, RoleNode } from "../access-graph";
import type { Identities } from "./identities";
import { place } from "./place";
import { pathOf, report, requiredText } from "./reading";
import type { PlacedResource, Reading } from "./reading";
import { terraformText } from "./terraform-value";

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
    // A role can be taken out of its profile, as the provider does before it destroys one.
    const isEmpty = ["absent", ""].includes(textOrKind(resource.attributes.role));
    const found = isEmpty ? undefined : people.find(reading, resource, "role", "role");
    const role = typeof found === "object" ? byAddress.get(addressIn(found.resource)) : undefined;
    profiles.set(arn, {
      ...place(resource),
      arn,
      role:
        role === undefined
          ? {
              known: false,
              reason: isEmpty ? "no role is in it" : "its role is not in the Terraform",
            }
          : { known: true, value: role.arn },
    });
  }
  return profiles;
}

function textOrKind(value: unknown): string {
  const text = terraformText(value);
  return text.kind === "text" ? text.text : text.kind;
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
