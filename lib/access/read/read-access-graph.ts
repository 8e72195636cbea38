import { sortDiagnostics } from "../../diagnostics/diagnostic";
import type { Diagnostic } from "../../diagnostics/diagnostic";
import type { AccountLocation } from "../../iam/arn";
import type { AccessGraph, RoleNode, UserNode } from "../access-graph";
import { attachPolicies } from "./attach-policies";
import { NO_BOUNDARY_TEXTS } from "./boundary-texts";
import type { BoundaryTexts } from "./boundary-texts";
import { identities, roleNode, userNode } from "./identities";
import { identityProviders } from "./identity-providers";
import { instanceProfiles } from "./instance-profiles";
import { managedPolicies } from "./managed-policies";
import { makesIdentities, policiesNotRead } from "./other-resources";
import { report } from "./reading";
import type { PlacedResource, Reading } from "./reading";
import { reportStalePrincipals } from "./stale-principals";
import { parseStack } from "./terraform-stack";
import type { ReadStack, StackText, TerraformResource } from "./terraform-stack";
import { unreadArguments } from "./unread-arguments";

/** A stack as text, or read before. */
export type StackSource = StackText | ReadStack;

/**
 * Reads the access that stacks grant: who is made where, whom it trusts, what it is permitted. What cannot
 * be read is a finding, and unknown in the graph, never absent; stacks without any policy are an error.
 *
 * Findings name files as `STACK/cdk.tf.json`, or as a plan was named.
 *
 * @param texts of boundaries that the stacks do not make. @default - those of AWS alone are known
 */
export function readAccessGraph(
  sources: readonly StackSource[],
  texts: BoundaryTexts = NO_BOUNDARY_TEXTS,
): ReadGraph {
  const stacks = sources.map(asRead);
  const { graph, diagnostics } = accessGraph(stacks, texts);
  if (!isEmpty(graph)) return { graph, diagnostics };
  return { graph, diagnostics: sortDiagnostics([...diagnostics, nothingFound(stacks)]) };
}

/** Reads the access that stacks grant, as {@link readAccessGraph}, where it may well be none. */
export function readPossiblyEmptyGraph(
  sources: readonly StackSource[],
  texts: BoundaryTexts = NO_BOUNDARY_TEXTS,
): ReadGraph {
  return accessGraph(sources.map(asRead), texts);
}

function asRead(source: StackSource): ReadStack {
  return "text" in source ? parseStack(source) : source;
}

/** What was read of stacks. */
export interface ReadGraph {
  readonly graph: AccessGraph;
  readonly diagnostics: readonly Diagnostic[];
}

/** Whether nobody is granted anything. */
export function isEmpty({ roles, users, grants }: AccessGraph): boolean {
  return roles.size === 0 && users.size === 0 && grants.length === 0;
}

/** The finding that there is no policy in stacks. */
export function nothingFound(stacks: readonly ReadStack[]): Diagnostic {
  const [only, ...more] = stacks;
  return {
    severity: "error",
    rule: "access-empty",
    file: only === undefined || more.length > 0 ? "cdk.tf.json" : only.file,
    message: `no policy was found in ${stacks.length} stacks: there is nothing to prove`,
  };
}

/** Reads the access that stacks grant, also where it is none. */
export function accessGraph(
  stacks: readonly ReadStack[],
  texts: BoundaryTexts = NO_BOUNDARY_TEXTS,
): ReadGraph {
  const reading: Reading = { diagnostics: [] };
  const accounts = new Map<string, AccountLocation>();
  const resources = placedResources(reading, stacks, accounts);
  const ofType = (...types: readonly string[]): PlacedResource[] =>
    resources.filter(({ type }) => types.includes(type));

  const managed = managedPolicies(reading, ofType("aws_iam_policy"), texts);
  const people = identities(reading, ofType("aws_iam_role", "aws_iam_user"), managed);
  const grants = attachPolicies(reading, resources, people, managed);
  const roles = new Map<string, RoleNode>();
  const users = new Map<string, UserNode>();
  for (const draft of people.drafts) {
    if (draft.kind === "role") {
      const role = roleNode(reading, draft, managed);
      roles.set(role.arn, role);
    } else {
      const user = userNode(reading, draft, managed);
      users.set(user.arn, user);
    }
  }
  reportStalePrincipals(reading, stacks, people.drafts);
  const graph: AccessGraph = {
    accounts,
    roles,
    users,
    grants,
    instanceProfiles: instanceProfiles(reading, ofType("aws_iam_instance_profile"), people, roles),
    providers: identityProviders(
      reading,
      ofType("aws_iam_openid_connect_provider", "aws_iam_saml_provider"),
    ),
  };
  return { graph, diagnostics: sortDiagnostics(reading.diagnostics) };
}

/** The resources of IAM in stacks whose account is known. */
function placedResources(
  reading: Reading,
  stacks: readonly ReadStack[],
  accounts: Map<string, AccountLocation>,
): PlacedResource[] {
  const placed: PlacedResource[] = [];
  const folders = new Set<string>();
  for (const stack of stacks) {
    reading.diagnostics.push(...stack.diagnostics);
    if (folders.has(stack.stack)) reading.diagnostics.push(besideOthers(stack));
    folders.add(stack.stack);
    const other = policiesNotRead(stack.resources.map(({ type }) => type));
    if (other !== undefined) {
      const { file } = stack;
      const rule = "access-resource";
      reading.diagnostics.push({ severity: "warning", rule, file, message: other });
    }
    for (const location of stack.accounts) accounts.set(location.accountId, location);
    for (const resource of stack.resources) {
      for (const unread of unreadArguments(resource.type, resource.attributes)) {
        report(reading, resource, "access-resource", unread);
      }
      if (makesIdentities(resource.type)) {
        report(
          reading,
          resource,
          "access-resource",
          "can make roles and policies that are not read",
        );
      }
      if (!resource.type.startsWith("aws_iam_")) continue;
      if (!READ_TYPES.has(resource.type)) {
        const harmless = HARMLESS_TYPES.has(resource.type);
        if (!harmless)
          report(reading, resource, "access-resource", "is of a type that is not read");
        continue;
      }
      if (isPlaced(resource)) placed.push(resource);
      else report(reading, resource, "access-provider", "is in an account that is not known");
    }
  }
  return placed;
}

/** Terraform merges the files of a folder, and lets some of them replace what others say. */
function besideOthers({ stack, file }: ReadStack): Diagnostic {
  const message = `\`${stack}\` holds more than one file of Terraform: what they say together is unknown`;
  return { severity: "error", rule: "access-files", file, message };
}

function isPlaced(resource: TerraformResource): resource is PlacedResource {
  return resource.location !== undefined;
}

const READ_TYPES: ReadonlySet<string> = new Set([
  "aws_iam_role",
  "aws_iam_role_policy",
  "aws_iam_role_policy_attachment",
  "aws_iam_role_policies_exclusive",
  "aws_iam_role_policy_attachments_exclusive",
  "aws_iam_user",
  "aws_iam_user_policy",
  "aws_iam_user_policy_attachment",
  "aws_iam_user_policies_exclusive",
  "aws_iam_user_policy_attachments_exclusive",
  "aws_iam_policy",
  "aws_iam_instance_profile",
  "aws_iam_openid_connect_provider",
  "aws_iam_saml_provider",
]);

/** Types that neither permit anything nor say who may assume what. */
const HARMLESS_TYPES: ReadonlySet<string> = new Set([
  "aws_iam_account_alias",
  "aws_iam_account_password_policy",
  "aws_iam_server_certificate",
  "aws_iam_signing_certificate",
  "aws_iam_virtual_mfa_device",
]);
