import type { PolicyDocument } from "../../iam/policy-document";
import { canonicalDocument } from "../../iam/policy-text";

/** Whether two documents are equal once what IAM treats as a set is sorted; names of statements count. */
export function isSameText(one: PolicyDocument, other: PolicyDocument): boolean {
  return JSON.stringify(canonicalDocument(one)) === JSON.stringify(canonicalDocument(other));
}
