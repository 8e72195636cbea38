import type { TerraformResource } from "../terraform-stack";
import { terraformText } from "../terraform-value";
import { identityKey } from "./identity-key";
import type { IdentityKind } from "./identity-key";

/** A policy on an identity, as a resource puts it there. */
export interface AttachedName {
  readonly identity: string;
  readonly kind: "inline" | "managed";
  /** Name of an inline policy, ARN of a managed one. */
  readonly policy: string;
}

/** The policies that a resource puts on identities, as far as their names are known. */
export function attachedNames(resource: TerraformResource): readonly AttachedName[] {
  const { type, attributes } = resource;
  const kind = type.endsWith("_policy") ? "inline" : "managed";
  const text = terraformText(attributes[kind === "inline" ? "name" : "policy_arn"]);
  const policy = text.kind === "text" ? text.text : undefined;
  if (policy === undefined) return [];
  return ownersOf(resource).flatMap(([owner, name]) => {
    const identity = identityKey(resource, owner, name);
    return identity === undefined ? [] : [{ identity, kind, policy }];
  });
}

function ownersOf({ type, attributes }: TerraformResource): (readonly [IdentityKind, unknown])[] {
  if (type === "aws_iam_policy_attachment") {
    return KINDS.flatMap((kind) =>
      namesIn(attributes[`${kind}s`]).map((name) => [kind, name] as const),
    );
  }
  const kind = KINDS.find(
    (each) => type === `aws_iam_${each}_policy` || type === `aws_iam_${each}_policy_attachment`,
  );
  return kind === undefined ? [] : [[kind, attributes[kind]]];
}

const KINDS: readonly IdentityKind[] = ["role", "user", "group"];

/** The elements of a list that is known. */
export function namesIn(list: unknown): readonly unknown[] {
  return Array.isArray(list) ? list : [];
}
