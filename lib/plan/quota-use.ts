import { ASSUME_POLICY_NAME } from "./generated-names";
import { LIMITS } from "../iam/limits";
import type { PolicyDocument } from "../iam/policy-document";
import { policySize } from "../iam/policy-text";
import type { ResolvedAccess } from "./resolved-access";

const sizes = new WeakMap<PolicyDocument, number>();

/** Size of a document as IAM counts it, computed once: several rules ask for it (rules ID-19 to ID-21, ID-38). */
export function documentSize(document: PolicyDocument): number {
  const known = sizes.get(document);
  if (known !== undefined) return known;
  const size = policySize(document);
  sizes.set(document, size);
  return size;
}

/** How full something is that has a quota. */
export interface Headroom {
  readonly what: "trust policy" | "inline policies";
  readonly role: string;
  readonly account: string;
  /** Characters that are not white space. */
  readonly size: number;
  readonly quota: number;
  /** How many more statements or targets of the average size fit. */
  readonly fits: number;
  /** What would be added. */
  readonly unit: "principals" | "targets";
}

/**
 * How close trust policies and permissions to assume are to their quotas, the fullest first. Equal
 * roles of several accounts are one line: the fullest stands for all.
 */
export function headroom(plan: ResolvedAccess): Headroom[] {
  const fullest = new Map<string, Headroom>();
  for (const { account, roles } of plan.accounts) {
    for (const role of roles) {
      const trust = documentSize(role.trust);
      keep(fullest, `${role.id} trust`, {
        what: "trust policy",
        role: role.name,
        account: account.key,
        size: trust,
        quota: account.trustPolicyQuota,
        fits: fitting(trust, role.trust.Statement.length, account.trustPolicyQuota),
        unit: "principals",
      });
      const assume = role.policies.inline.find(({ name }) => name === ASSUME_POLICY_NAME);
      const targets = assume?.document.Statement[0]?.Resource;
      if (assume === undefined || !Array.isArray(targets)) continue;
      const size = role.policies.inline.reduce(
        (sum, { document }) => sum + documentSize(document),
        0,
      );
      keep(fullest, `${role.id} assume`, {
        what: "inline policies",
        role: role.name,
        account: account.key,
        size,
        quota: LIMITS.inlinePolicySize,
        fits: fitting(size, targets.length, LIMITS.inlinePolicySize),
        unit: "targets",
      });
    }
  }
  return [...fullest.values()].sort((a, b) => b.size / b.quota - a.size / a.quota);
}

function keep(fullest: Map<string, Headroom>, key: string, candidate: Headroom): void {
  const current = fullest.get(key);
  if (current !== undefined && current.size / current.quota >= candidate.size / candidate.quota)
    return;
  fullest.set(key, candidate);
}

function fitting(size: number, parts: number, quota: number): number {
  if (parts === 0) return 0;
  return Math.max(0, Math.floor((quota - size) / (size / parts)));
}
