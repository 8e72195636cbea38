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
  const written = new Set<string>();
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
    if (identity === undefined) continue;
    const whose = typeof identity === "string" ? identity : identity.resource.address;
    if (policy.kind === "inline") {
      // The one that is written last is the one that counts.
      const { accountId } = resource.location;
      const name = `${kind} ${accountId} ${whose} ${policy.name.toLowerCase()}`;
      const before = typeof identity === "string" ? [] : identity.policies;
      if (written.has(name) || before.some((each) => isSameName(each, policy))) {
        const what = `writes the policy \`${policy.name}\` of ${whose} a second time`;
        report(reading, resource, "access-duplicate", what);
      }
      written.add(name);
    }
    if (typeof identity === "string") grants.push(grantNode(resource, kind, identity, policy));
    else identity.policies.push(policy);
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
    noteExclusive(reading, resource, identity, attached, (address, attribute) => {
      const isPolicy = address.startsWith("aws_iam_policy.");
      const names = isPolicy ? ["arn", "id"] : [attached === "inline" ? "name" : "policy_arn"];
      if (!names.includes(attribute)) return undefined;
      return isPolicy
        ? managed.resolve(reading, resource, "policy_arns", `\${${address}.arn}`).name
        : policyOf.get(`${resource.stack} ${address}`);
    });
  }
  return grants;
}

function isSameName(one: PermissionPolicy, other: PermissionPolicy): boolean {
  return one.kind === other.kind && one.name.toLowerCase() === other.name.toLowerCase();
}

function inlinePolicy(reading: Reading, resource: PlacedResource): PermissionPolicy {
  const name = terraformText(resource.attributes.name);
  const document = policyValue(resource.attributes.policy);
  if (!document.known)
    report(reading, resource, "access-policy", `is not readable: ${document.reason}`);
  return { name: name.kind === "text" ? name.text : resource.address, kind: "inline", document };
}
