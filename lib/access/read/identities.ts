import { isObject } from "../../source/json-object";
import { groupArn, roleArn, userArn } from "../../iam/arn";
import type { AccountLocation } from "../../iam/arn";
import type { GrantNode, GroupNode, PermissionPolicy, RoleNode, UserNode } from "../access-graph";
import type { ManagedPolicies } from "./managed-policies";
import { place } from "./place";
import { policyValue } from "./policy-value";
import { pathOf, report, requiredText } from "./reading";
import type { PlacedResource, Reading } from "./reading";
import { resourceTags } from "./resource-tags";
import type { TerraformObject } from "./terraform-stack";
import { isPlaceholder, terraformText, whyNotFound } from "./terraform-value";

/** What policies are attached to. */
export type IdentityKind = "role" | "user" | "group";

/** A user, role or group while its policies are collected. */
export interface IdentityDraft {
  readonly kind: IdentityKind;
  readonly resource: PlacedResource;
  readonly name: string;
  readonly path: string;
  readonly policies: PermissionPolicy[];
  readonly exclusive: { inline: boolean; managed: boolean };
}

/** Finds the users, roles and groups of a tree by what other resources call them. */
export interface Identities {
  readonly drafts: readonly IdentityDraft[];
  /**
   * By reference to the resource or by name, in the account of the resource that calls it so: a reference to
   * what is in another account is only a name. A name when no resource makes it.
   *
   * @param value one of a list. @default - that of the attribute
   */
  find(
    reading: Reading,
    resource: PlacedResource,
    kind: IdentityKind,
    attribute: string,
    value?: unknown,
  ): IdentityDraft | string | undefined;
}

/** Reads users, roles and groups, with the policies that are written into them. */
export function identities(
  reading: Reading,
  resources: readonly PlacedResource[],
  managed: ManagedPolicies,
): Identities {
  const byAddress = new Map<string, IdentityDraft>();
  const byName = new Map<string, IdentityDraft>();
  for (const resource of resources) {
    const kind = KINDS[resource.type] ?? "user";
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
    find(state, resource, kind, attribute, value = resource.attributes[attribute]) {
      const text = terraformText(value);
      const inAccount = (name: string): IdentityDraft | string =>
        byName.get(nameKey(kind, resource.location, name)) ?? name;
      if (text.kind === "reference" && (text.attribute === "name" || text.attribute === "id")) {
        const draft = byAddress.get(`${resource.stack} ${text.address}`);
        if (draft?.kind === kind) {
          const { accountId } = draft.resource.location;
          return accountId === resource.location.accountId ? draft : inAccount(draft.name);
        }
      }
      if (text.kind === "text") return inAccount(text.text);
      const message = `has a ${attribute} that ${whyNotFound(text)}`;
      report(state, resource, "access-reference", message, { argument: attribute });
      return undefined;
    },
  };
}

const KINDS: Readonly<Record<string, IdentityKind>> = {
  aws_iam_role: "role",
  aws_iam_user: "user",
  aws_iam_group: "group",
};

/** The finished node of a group. */
export function groupNode({ resource, name, path }: IdentityDraft): GroupNode {
  return { ...place(resource), arn: groupArn(resource.location, path, name), name };
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
    tags: resourceTags(resource),
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
    tags: resourceTags(resource),
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
  const written = requiredText(reading, resource, "max_session_duration");
  if (written === undefined) return 3600;
  const seconds = Number(written);
  if (written.trim() !== "" && Number.isInteger(seconds)) return seconds;
  const message = `has the max_session_duration \`${written}\`, which is no whole number`;
  report(reading, resource, "access-attribute", message, { argument: "max_session_duration" });
  return 3600;
}

/** Names are unique in an account regardless of case (rule ID-06). */
function nameKey(kind: IdentityKind, { accountId }: AccountLocation, name: string): string {
  return `${kind} ${accountId} ${name.toLowerCase()}`;
}
