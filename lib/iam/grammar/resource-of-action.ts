import { valuesOf } from "../policy-document";
import type { PolicyPath, StatementShape } from "../policy-shape";
import { named, quoted } from "./finding";
import type { GrammarFinding } from "./finding";
import type { PolicyKind } from "./policy-kind";

/**
 * A resource is one that an action of its statement acts on (rule GR-30), as far as the statement's actions all act on
 * one type of IAM's resources: on others they never apply.
 */
export function* resourceOfAction(
  { Action, Resource, Effect }: StatementShape,
  at: PolicyPath,
  kind: PolicyKind,
): Iterable<GrammarFinding> {
  if (kind === "trust") return;
  const actions = valuesOf(Action);
  const types = new Set(actions.map(typeOfAction));
  const [type] = types;
  if (types.size !== 1 || type === undefined) return;
  const others = valuesOf(Resource).map((value) => otherResource(value, type));
  // An entry beside useful ones does no harm; without any the statement never applies.
  const severity = others.includes(undefined) ? "warning" : "error";
  for (const [index, value] of valuesOf(Resource).entries()) {
    const got = others[index];
    if (got === undefined) continue;
    const [first = ""] = actions;
    yield {
      rule: "GR-30",
      severity,
      at: [...at, "Resource", index],
      message: `${named(first)} acts on a ${type} and ${Effect === "Deny" ? "denies" : "allows"} nothing on ${got}, got ${quoted(value)}`,
      help: `write the ARN of a ${type}, such as "arn:aws:iam::111111111111:${type}/NAME"`,
    };
  }
}

/** The type of IAM's resources that an action acts on. Source: Service Authorization Reference, STS and IAM. */
function typeOfAction(action: string): "role" | "user" | "policy" | undefined {
  const name = action.toLowerCase();
  if (/^sts:assumerole(?:withsaml|withwebidentity)?$/.test(name)) return "role";
  return TYPES.find(([, actions]) => actions.has(name))?.[0];
}

const TYPES = [
  [
    "role",
    actionSet(`
      AttachRolePolicy CreateRole DeleteRole DeleteRolePermissionsBoundary DeleteRolePolicy
      DetachRolePolicy GetRole GetRolePolicy ListAttachedRolePolicies ListRolePolicies ListRoleTags
      PassRole PutRolePermissionsBoundary PutRolePolicy TagRole UntagRole UpdateAssumeRolePolicy
      UpdateRole UpdateRoleDescription
    `),
  ],
  [
    "user",
    actionSet(`
      AttachUserPolicy CreateLoginProfile CreateUser DeleteLoginProfile DeleteUser
      DeleteUserPermissionsBoundary DeleteUserPolicy DetachUserPolicy GetLoginProfile GetUserPolicy
      ListAttachedUserPolicies ListUserPolicies ListUserTags PutUserPermissionsBoundary PutUserPolicy
      TagUser UntagUser UpdateLoginProfile UpdateUser
    `),
  ],
  [
    "policy",
    actionSet(`
      CreatePolicy CreatePolicyVersion DeletePolicy DeletePolicyVersion GetPolicy GetPolicyVersion
      ListEntitiesForPolicy ListPolicyTags ListPolicyVersions SetDefaultPolicyVersion TagPolicy
      UntagPolicy
    `),
  ],
] as const;

function actionSet(names: string): ReadonlySet<string> {
  return new Set(
    names
      .trim()
      .split(/\s+/)
      .map((name) => `iam:${name.toLowerCase()}`),
  );
}

/** What a resource is, in words, where it cannot be of a type. */
function otherResource(value: string, type: string): string | undefined {
  const [arn, , service = "", , , ...rest] = value.split(":");
  if (arn !== "arn" || rest.length === 0 || /[*?{]/.test(service)) return undefined;
  if (service !== "iam") return `a resource of ${named(service)}`;
  const [, own] = /^([a-z0-9-]+)\//.exec(rest.join(":")) ?? [];
  if (own === undefined || own === type) return undefined;
  return `${/^[aeio]/.test(own) ? "an" : "a"} ${own}`;
}
