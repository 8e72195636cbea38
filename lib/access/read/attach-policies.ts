import type { GrantNode, PermissionPolicy } from "../access-graph";
import { noteExclusive } from "./exclusive-policies";
import { grantNode } from "./identities";
import type { Identities } from "./identities";
import type { ManagedPolicies } from "./managed-policies";
import { policyValue } from "./policy-value";
import { report } from "./reading";
import type { PlacedResource, Reading } from "./reading";
import { terraformText } from "./terraform-value";

/** Attaches policies to the users and roles that they name, and returns those on others. */
export function attachPolicies(
  reading: Reading,
  resources: readonly PlacedResource[],
  people: Identities,
  managed: ManagedPolicies,
): GrantNode[] {
  const grants: GrantNode[] = [];
  const policyOf = new Map<string, string>();
  for (const resource of resources) {
    const type = /^aws_iam_(?<kind>role|user)_policy(?<attachment>_attachment)?$/.exec(
      resource.type,
    );
    if (type === null) continue;
    const kind = type.groups?.kind === "role" ? "role" : "user";
    const policy =
      type.groups?.attachment === undefined
        ? inlinePolicy(reading, resource)
        : managed.resolve(reading, resource, "policy_arn", resource.attributes.policy_arn);
    policyOf.set(`${resource.stack} ${resource.address}`, policy.name);
    const identity = people.find(reading, resource, kind, kind);
    if (typeof identity === "string") grants.push(grantNode(resource, kind, identity, policy));
    else identity?.policies.push(policy);
  }
  for (const resource of resources) {
    const type = /^aws_iam_(?<kind>role|user)_polic(?<list>ies|y_attachments)_exclusive$/.exec(
      resource.type,
    );
    if (type === null) continue;
    const kind = type.groups?.kind === "role" ? "role" : "user";
    const identity = people.find(reading, resource, kind, `${kind}_name`);
    if (typeof identity !== "object") continue;
    const attached = type.groups?.list === "ies" ? "inline" : "managed";
    noteExclusive(
      reading,
      resource,
      identity,
      attached,
      (address) =>
        policyOf.get(`${resource.stack} ${address}`) ??
        (address.startsWith("aws_iam_policy.")
          ? managed.resolve(reading, resource, "policy_arns", `\${${address}.arn}`).name
          : undefined),
    );
  }
  return grants;
}

function inlinePolicy(reading: Reading, resource: PlacedResource): PermissionPolicy {
  const name = terraformText(resource.attributes.name);
  const document = policyValue(resource.attributes.policy);
  if (!document.known)
    report(reading, resource, "access-policy", `is not readable: ${document.reason}`);
  return { name: name.kind === "text" ? name.text : resource.address, kind: "inline", document };
}
