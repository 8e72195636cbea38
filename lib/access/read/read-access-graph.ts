import { sortDiagnostics } from "../../diagnostics/diagnostic";
import type { Diagnostic } from "../../diagnostics/diagnostic";
import type { AccountLocation } from "../../iam/arn";
import type { AccessGraph, GroupNode, RoleNode, UserNode } from "../access-graph";
import { attachPolicies } from "./attach-policies";
import { NO_BOUNDARY_TEXTS } from "./boundary-texts";
import type { BoundaryTexts } from "./boundary-texts";
import { groupNode, identities, roleNode, userNode } from "./identities";
import { identityProviders } from "./identity-providers";
import { instanceProfiles } from "./instance-profiles";
import { joinGroups } from "./join-groups";
import { managedPolicies } from "./managed-policies";
import { readOtherBlocks } from "./other-blocks";
import { placedResources } from "./placed-resources";
import type { PlacedResource, Reading } from "./reading";
import { startReading } from "./start-reading";
import { unattachedPolicies } from "./unattached-policies";
import { parseStack } from "./terraform-stack";
import type { ReadStack, StackText } from "./terraform-stack";
import { valuesOf } from "../../iam/policy-document";
import type { IdentityDraft } from "./identities";
import { policyValue } from "./policy-value";
import { report } from "./reading";

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
  const reading = startReading(stacks);
  const accounts = new Map<string, AccountLocation>();
  const resources = placedResources(reading, stacks, accounts);
  const ofType = (...types: readonly string[]): PlacedResource[] =>
    resources.filter(({ type }) => types.includes(type));

  const managed = managedPolicies(reading, ofType("aws_iam_policy"), texts);
  const people = identities(
    reading,
    ofType("aws_iam_role", "aws_iam_user", "aws_iam_group"),
    managed,
  );
  const attached = attachPolicies(reading, resources, people, managed);
  const joined = joinGroups(reading, resources, people, attached.ofGroups);
  const roles = new Map<string, RoleNode>();
  const users = new Map<string, UserNode>();
  const groups = new Map<string, GroupNode>();
  for (const draft of people.drafts) {
    switch (draft.kind) {
      case "role": {
        const role = roleNode(reading, draft, managed);
        roles.set(role.arn, role);
        break;
      }
      case "user": {
        const user = userNode(reading, draft, managed);
        users.set(user.arn, user);
        break;
      }
      case "group": {
        const group = groupNode(draft);
        groups.set(group.arn, group);
      }
    }
  }
  reportStalePrincipals(reading, stacks, people.drafts);
  readOtherBlocks(reading, stacks, people.drafts);
  const graph: AccessGraph = {
    accounts,
    roles,
    users,
    groups,
    policies: managed.made(),
    grants: [...attached.grants, ...joined],
    instanceProfiles: instanceProfiles(reading, ofType("aws_iam_instance_profile"), people, roles),
    providers: identityProviders(
      reading,
      ofType("aws_iam_openid_connect_provider", "aws_iam_saml_provider"),
    ),
    unread: [...reading.unread, ...unattachedPolicies(managed, reading)],
  };
  return { graph, diagnostics: sortDiagnostics(reading.diagnostics) };
}

/**
 * Reports roles whose trust policy stays as it was saved and names a role or user that a plan destroys, makes
 * anew or renames, in whatever stack. AWS keeps such principals by their unique id: who is made anew under
 * the same name is not let in until the trust policy is saved again, and who is renamed still is (rule TR-10).
 */
export function reportStalePrincipals(
  reading: Reading,
  stacks: readonly ReadStack[],
  drafts: readonly IdentityDraft[],
): void {
  const givenUp = new Set(stacks.flatMap((stack) => stack.givenUp ?? []));
  if (givenUp.size === 0) return;
  for (const { resource } of drafts) {
    if (resource.keepsTrust !== true) continue;
    const trust = policyValue(resource.attributes.assume_role_policy);
    for (const { Principal, NotPrincipal } of trust.known ? trust.value.Statement : []) {
      const named = [Principal, NotPrincipal].flatMap((element) =>
        element === undefined || element === "*" ? [] : valuesOf(element.AWS),
      );
      for (const arn of named.filter((each) => givenUp.has(each))) {
        const what = `names ${arn} in a trust policy that was saved before that one is destroyed, made anew or renamed: whom it lets in is unknown`;
        report(reading, resource, "access-principal", what);
      }
    }
  }
}
