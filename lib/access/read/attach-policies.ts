import type { GrantNode, PermissionPolicy } from "../access-graph";
import { noteExclusive } from "./exclusive-policies";
import { grantNode } from "./identities";
import type { Identities, IdentityDraft, IdentityKind } from "./identities";
import type { ManagedPolicies } from "./managed-policies";
import { reportTakenAway } from "./policy-attachments";
import type { Attachment } from "./policy-attachments";
import { policyValue } from "./policy-value";
import { report } from "./reading";
import type { PlacedResource, Reading } from "./reading";
import { terraformText, whyNotText } from "./terraform-value";

/** What was attached to those whom no resource makes. */
export interface AttachedElsewhere {
  readonly grants: readonly GrantNode[];
  readonly ofGroups: readonly GroupGrant[];
}

/** A policy on a group that no resource makes. */
export interface GroupGrant {
  readonly resource: PlacedResource;
  readonly group: string;
  readonly policy: PermissionPolicy;
}

const SINGLE = /^aws_iam_(?<kind>role|user|group)_policy(?<attachment>_attachment)?$/;
const EXCLUSIVE = /^aws_iam_(?<kind>role|user|group)_polic(?<list>ies|y_attachments)_exclusive$/;
/** The lists of `aws_iam_policy_attachment`. */
const LISTS: readonly (readonly [attribute: string, kind: IdentityKind])[] = [
  ["roles", "role"],
  ["users", "user"],
  ["groups", "group"],
];

/** Attaches policies to the users, roles and groups that they name, and returns those on others. */
export function attachPolicies(
  reading: Reading,
  resources: readonly PlacedResource[],
  people: Identities,
  managed: ManagedPolicies,
): AttachedElsewhere {
  const grants: GrantNode[] = [];
  const ofGroups: GroupGrant[] = [];
  const attachments: Attachment[] = [];
  const policyOf = new Map<string, string>();
  const written = new Set<string>();
  const attach = (
    resource: PlacedResource,
    kind: IdentityKind,
    owner: IdentityDraft | string,
    policy: PermissionPolicy,
  ): void => {
    attachments.push({ resource, kind, owner, policy });
    if (typeof owner === "object") owner.policies.push(policy);
    else if (kind === "group") ofGroups.push({ resource, group: owner, policy });
    else grants.push(grantNode(resource, kind, owner, policy));
  };
  for (const resource of resources) {
    const policyArn = resource.attributes.policy_arn;
    if (resource.type === "aws_iam_policy_attachment") {
      const policy = managed.resolve(reading, resource, "policy_arn", policyArn);
      policyOf.set(`${resource.stack} ${resource.address}`, policy.name);
      for (const [attribute, kind] of LISTS) {
        for (const owner of ownersIn(reading, resource, people, attribute, kind)) {
          attach(resource, kind, owner, policy);
        }
      }
      continue;
    }
    const type = SINGLE.exec(resource.type);
    if (type === null) continue;
    const kind = kindOf(type);
    const policy =
      type.groups?.attachment === undefined
        ? inlinePolicy(reading, resource)
        : managed.resolve(reading, resource, "policy_arn", policyArn);
    policyOf.set(`${resource.stack} ${resource.address}`, policy.name);
    const owner = people.find(reading, resource, kind, kind);
    if (owner === undefined) continue;
    const whose = typeof owner === "string" ? owner : owner.resource.address;
    if (policy.kind === "inline") {
      // The one that is written last is the one that counts.
      const { accountId } = resource.location;
      const name = `${kind} ${accountId} ${whose} ${policy.name.toLowerCase()}`;
      const before = typeof owner === "string" ? [] : owner.policies;
      if (written.has(name) || before.some((each) => isSameName(each, policy))) {
        const what = `writes the policy \`${policy.name}\` of ${whose} a second time`;
        report(reading, resource, "access-duplicate", what);
      }
      written.add(name);
    }
    attach(resource, kind, owner, policy);
  }
  reportTakenAway(reading, attachments);
  for (const resource of resources) {
    const type = EXCLUSIVE.exec(resource.type);
    if (type === null) continue;
    const kind = kindOf(type);
    const owner = people.find(reading, resource, kind, `${kind}_name`);
    const listed = type.groups?.list === "ies" ? "inline" : "managed";
    if (owner === undefined) continue;
    if (typeof owner === "string") {
      // A list of managed policies attaches what is in it, also to those that no resource makes.
      const arns: unknown = listed === "managed" ? resource.attributes.policy_arns : [];
      for (const arn of Array.isArray(arns) ? (arns as readonly unknown[]) : [arns]) {
        const text = terraformText(arn);
        const attachedBy = text.kind === "reference" && text.attribute === "policy_arn";
        const named = attachedBy ? policyOf.get(`${resource.stack} ${text.address}`) : undefined;
        const policy = managed.resolve(reading, resource, "policy_arns", named ?? arn);
        attach(resource, kind, owner, policy);
      }
      continue;
    }
    noteExclusive(reading, resource, owner, listed, (address, attribute) => {
      const isPolicy = address.startsWith("aws_iam_policy.");
      const names = isPolicy ? ["arn", "id"] : [listed === "inline" ? "name" : "policy_arn"];
      if (!names.includes(attribute)) return undefined;
      return isPolicy
        ? managed.resolve(reading, resource, "policy_arns", `\${${address}.arn}`).name
        : policyOf.get(`${resource.stack} ${address}`);
    });
  }
  return { grants, ofGroups };
}

function kindOf({ groups }: RegExpExecArray): IdentityKind {
  return groups?.kind === "role" ? "role" : groups?.kind === "user" ? "user" : "group";
}

/** Those whom a list names; a list that is not known is reported. */
export function ownersIn(
  reading: Reading,
  resource: PlacedResource,
  people: Identities,
  attribute: string,
  kind: IdentityKind,
): (IdentityDraft | string)[] {
  const list: unknown = resource.attributes[attribute];
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) {
    const message = `has ${attribute} of which the list ${whyNotText(terraformText(list))}`;
    report(reading, resource, "access-reference", message, { argument: attribute });
    return [];
  }
  return (list as readonly unknown[]).flatMap(
    (each) => people.find(reading, resource, kind, attribute, each) ?? [],
  );
}

function isSameName(one: PermissionPolicy, other: PermissionPolicy): boolean {
  return one.kind === other.kind && one.name.toLowerCase() === other.name.toLowerCase();
}

function inlinePolicy(reading: Reading, resource: PlacedResource): PermissionPolicy {
  const name = terraformText(resource.attributes.name);
  const document = policyValue(resource.attributes.policy);
  if (!document.known) {
    const message = `is not readable: ${document.reason}`;
    report(reading, resource, "access-policy", message, { argument: "policy" });
  }
  return { name: name.kind === "text" ? name.text : resource.address, kind: "inline", document };
}
