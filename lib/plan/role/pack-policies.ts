import { LIMITS } from "../../iam/limits";
import { policyDocument } from "../../iam/policy-document";
import type { Statement } from "../../iam/policy-document";
import { policySize } from "../../iam/policy-text";
import type { NamedPolicy } from "../resolved-access";

/** Policies of a role, divided into inline and managed policies. */
export interface PackedPolicies {
  readonly inline: readonly NamedPolicy[];
  readonly managed: readonly NamedPolicy[];
}

/**
 * Divides the policies of a role so that it stays within its quotas: inline while all of them
 * together fit (rule ID-20), the others as customer managed policies, split by statement where one
 * is larger than a managed policy may be (rule ID-21). The first ones stay inline first. What does
 * not fit at all stays as it is, and a check reports it.
 */
export function packPolicies(policies: readonly NamedPolicy[]): PackedPolicies {
  let room: number = LIMITS.inlinePolicySize;
  const inline: NamedPolicy[] = [];
  const managed: NamedPolicy[] = [];
  const names = new Set(policies.map(({ name }) => name));
  for (const policy of policies) {
    const size = policySize(policy.document);
    if (size <= room) {
      inline.push(policy);
      room -= size;
    } else {
      managed.push(...splitPolicy(policy, names));
    }
  }
  return { inline, managed };
}

function splitPolicy(policy: NamedPolicy, taken: Set<string>): NamedPolicy[] {
  const parts: Statement[][] = [];
  for (const statement of policy.document.Statement) {
    const current = parts.at(-1);
    const together = policyDocument([...(current ?? []), statement]);
    if (current !== undefined && policySize(together) <= LIMITS.managedPolicySize) {
      current.push(statement);
    } else {
      parts.push([statement]);
    }
  }
  return parts.map((statements, index) => ({
    name: index === 0 ? policy.name : freeName(policy.name, index + 1, taken),
    document: policyDocument(statements),
  }));
}

function freeName(name: string, number: number, taken: Set<string>): string {
  let free = number;
  while (taken.has(`${name}-${free}`)) free += 1;
  taken.add(`${name}-${free}`);
  return `${name}-${free}`;
}
