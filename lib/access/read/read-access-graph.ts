import { sortDiagnostics } from "../../diagnostics/diagnostic";
import type { Diagnostic } from "../../diagnostics/diagnostic";
import type { AccountLocation } from "../../iam/arn";
import type { AccessGraph, RoleNode, UserNode } from "../access-graph";
import { attachPolicies } from "./attach-policies";
import { identities, roleNode, userNode } from "./identities";
import { identityProviders } from "./identity-providers";
import { instanceProfiles } from "./instance-profiles";
import { managedPolicies } from "./managed-policies";
import { report } from "./reading";
import type { PlacedResource, Reading } from "./reading";
import { accountOf, stackAccounts } from "./stack-accounts";
import { parseStack } from "./terraform-stack";
import type { StackText } from "./terraform-stack";

/**
 * Reads the access that synthesized stacks grant: who is made where, whom it trusts, what it is permitted.
 * What cannot be read is a finding, and unknown in the graph, never absent; stacks without any policy are
 * an error.
 *
 * Findings name files as `STACK/cdk.tf.json`.
 */
export function readAccessGraph(stacks: readonly StackText[]): {
  readonly graph: AccessGraph;
  readonly diagnostics: readonly Diagnostic[];
} {
  const reading: Reading = { diagnostics: [] };
  const accounts = new Map<string, AccountLocation>();
  const resources = placedResources(reading, stacks, accounts);
  const ofType = (...types: readonly string[]): PlacedResource[] =>
    resources.filter(({ type }) => types.includes(type));

  const managed = managedPolicies(reading, ofType("aws_iam_policy"));
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
  if (roles.size === 0 && users.size === 0 && grants.length === 0) {
    reading.diagnostics.push({
      severity: "error",
      rule: "access-empty",
      file: stacks.length === 1 ? `${stacks[0]?.stack ?? ""}/cdk.tf.json` : "cdk.tf.json",
      message: `no policy was found in ${stacks.length} stacks: there is nothing to prove`,
    });
  }
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
  stacks: readonly StackText[],
  accounts: Map<string, AccountLocation>,
): PlacedResource[] {
  const placed: PlacedResource[] = [];
  for (const text of stacks) {
    const { stack, diagnostics } = parseStack(text);
    reading.diagnostics.push(...diagnostics);
    if (stack === undefined) continue;
    const own = stackAccounts(stack);
    reading.diagnostics.push(...own.diagnostics);
    for (const location of own.accounts.values()) accounts.set(location.accountId, location);
    for (const resource of stack.resources) {
      if (!resource.type.startsWith("aws_iam_")) continue;
      if (!READ_TYPES.has(resource.type)) {
        const harmless = HARMLESS_TYPES.has(resource.type);
        if (!harmless)
          report(reading, resource, "access-resource", "is of a type that is not read");
        continue;
      }
      const location = accountOf(resource, own.accounts);
      if (location !== undefined) placed.push({ ...resource, location });
      else report(reading, resource, "access-provider", "is in an account that is not known");
    }
  }
  return placed;
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
