import type { PolicyDocument } from "../iam/policy-document";
import { policySize } from "../iam/policy-text";

const sizes = new WeakMap<PolicyDocument, number>();

/** Size of a document as IAM counts it, computed once: several rules ask for it (rules ID-19 to ID-21, ID-38). */
export function documentSize(document: PolicyDocument): number {
  const known = sizes.get(document);
  if (known !== undefined) return known;
  const size = policySize(document);
  sizes.set(document, size);
  return size;
}
