import { roleArn, userArn } from "../../iam/arn";
import type { AccountLocation } from "../../iam/arn";
import type { GrantNode, PermissionPolicy, RoleNode, UserNode } from "../access-graph";
import type { ManagedPolicies } from "./managed-policies";
import { policyValue } from "./policy-value";
import { pathOf, report, requiredText } from "./reading";
import type { PlacedResource, Reading } from "./reading";
import { isObject } from "./terraform-stack";
import type { TerraformObject } from "./terraform-stack";
import { isPlaceholder, terraformText, whyNotFound } from "./terraform-value";

/** A user or role while its policies are collected. */
export interface IdentityDraft {
  readonly kind: "role" | "user";
  readonly resource: PlacedResource;
  readonly name: string;
  readonly path: string;
  readonly policies: PermissionPolicy[];
  readonly exclusive: { inline: boolean; managed: boolean };
}

/** Finds the users and roles of a tree by what other resources call them. */
export interface Identities {
  readonly drafts: readonly IdentityDraft[];
  /** By reference to the resource or by name in the account; a name when no resource makes it. */
  find(
    reading: Reading,
    resource: PlacedResource,
    kind: "role" | "user",
    attribute: string,
  ): IdentityDraft | string | undefined;
}

/** Reads users and roles, with the policies that are written into them. */
export function identities(
  reading: Reading,
  resources: readonly PlacedResource[],
  managed: ManagedPolicies,
): Identities {
  const byAddress = new Map<string, IdentityDraft>();
  const byName = new Map<string, IdentityDraft>();
  for (const resource of resources) {
    const kind = resource.type === "aws_iam_role" ? "role" : "user";
    const name = requiredText(reading, resource, "name");
    const path = pathOf(reading, resource);
    if (name === undefined || path === undefined) continue;
    const draft: IdentityDraft = {
      kind,
      resource,
      name,
      path,
      policies: embeddedPolicies(reading, resource, managed),
      exclusive: { inline: false, managed: false },
    };
    const key = nameKey(kind, resource.location, name);
    if (byName.has(key)) {
      report(reading, resource, "access-duplicate", `makes the ${kind} \`${name}\` a second time`);
      continue;
    }
    byName.set(key, draft);
    byAddress.set(`${resource.stack} ${resource.address}`, draft);
  }
  return {
    drafts: [...byAddress.values()],
    find(state, resource, kind, attribute) {
      const text = terraformText(resource.attributes[attribute]);
      if (text.kind === "reference" && (text.attribute === "name" || text.attribute === "id")) {
        const draft = byAddress.get(`${resource.stack} ${text.address}`);
        if (draft?.kind === kind) return draft;
      }
      if (text.kind === "text") {
        return byName.get(nameKey(kind, resource.location, text.text)) ?? text.text;
      }
      report(state, resource, "access-reference", `has a ${attribute} that ${whyNotFound(text)}`);
      return undefined;
    },
  };
}

/** The finished node of a role. */
export function roleNode(
  reading: Reading,
  { resource, name, path, policies, exclusive }: IdentityDraft,
  managed: ManagedPolicies,
): RoleNode {
  const { attributes, location } = resource;
  const trust = policyValue(attributes.assume_role_policy);
  if (!trust.known)
    report(reading, resource, "access-policy", `has no readable trust policy: ${trust.reason}`);
  return {
    ...place(resource),
    arn: roleArn(location, path, name),
    name,
    path,
    policies,
    ...boundary(reading, resource, managed),
    trust,
    maxSessionDuration: sessionDuration(reading, resource),
    exclusive,
  };
}

/** The finished node of a user. */
export function userNode(
  reading: Reading,
  { resource, name, path, policies, exclusive }: IdentityDraft,
  managed: ManagedPolicies,
): UserNode {
  return {
    ...place(resource),
    arn: userArn(resource.location, path, name),
    name,
    path,
    policies,
    ...boundary(reading, resource, managed),
    exclusive,
  };
}

/** A policy on an identity that no resource makes. */
export function grantNode(
  resource: PlacedResource,
  kind: "role" | "user",
  name: string,
  policy: PermissionPolicy,
): GrantNode {
  return { ...place(resource), kind, name, policy };
}

/** Where a resource stands, and in which account. */
export function place({
  stack,
  address,
  location,
}: PlacedResource): AccountLocation & { readonly stack: string; readonly address: string } {
  return { stack, address, ...location };
}

/** The older way of writing policies into the role itself. */
function embeddedPolicies(
  reading: Reading,
  resource: PlacedResource,
  managed: ManagedPolicies,
): PermissionPolicy[] {
  const { inline_policy: inline, managed_policy_arns: arns } = resource.attributes;
  const attached: readonly unknown[] =
    arns === undefined || arns === null ? [] : Array.isArray(arns) ? arns : [arns];
  return [
    ...inlineBlocks(inline).map(({ name, policy }): PermissionPolicy => {
      const text = terraformText(name);
      const document = policyValue(policy);
      if (!document.known)
        report(reading, resource, "access-policy", `has an inline policy: ${document.reason}`);
      return {
        name: text.kind === "text" ? text.text : resource.address,
        kind: "inline",
        document,
      };
    }),
    ...attached.map((arn) => managed.resolve(reading, resource, "managed_policy_arns", arn)),
  ];
}

/**
 * The blocks of inline policies; where they are not known as a whole, one that is not known. An empty block
 * makes none: it takes away what else is attached.
 */
function inlineBlocks(inline: unknown): readonly TerraformObject[] {
  if (isPlaceholder(inline)) return [{ policy: inline }];
  const all: readonly unknown[] = Array.isArray(inline) ? inline : [inline];
  return all
    .filter((each) => !isUnset(each))
    .map((each) => (isObject(each) ? each : { policy: each }))
    .filter(({ name, policy }) => !isUnset(name) || !isUnset(policy));
}

function isUnset(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}

function boundary(
  reading: Reading,
  resource: PlacedResource,
  managed: ManagedPolicies,
): { readonly boundary?: PermissionPolicy } {
  const value = resource.attributes.permissions_boundary;
  if (value === undefined || value === null || value === "") return {};
  return { boundary: managed.resolve(reading, resource, "permissions_boundary", value) };
}

function sessionDuration(reading: Reading, resource: PlacedResource): number {
  const text = terraformText(resource.attributes.max_session_duration);
  if (text.kind === "absent") return 3600;
  const seconds = Number(requiredText(reading, resource, "max_session_duration"));
  return Number.isInteger(seconds) ? seconds : 3600;
}

/** Names are unique in an account regardless of case (rule ID-06). */
function nameKey(kind: "role" | "user", { accountId }: AccountLocation, name: string): string {
  return `${kind} ${accountId} ${name.toLowerCase()}`;
}
