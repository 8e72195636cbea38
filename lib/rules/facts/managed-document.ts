import { awsManagedPolicyName, nameInArn } from "../../iam/arn";
import { managedPolicyDocument } from "../../iam/managed-policy";
import type { PolicyDocument } from "../../iam/policy-document";

/** The name of a managed policy without its path. */
export function managedName(reference: string): string {
  return nameInArn(reference);
}

/** The name with its path of an AWS managed policy, by its ARN or as the map writes it; `undefined` for a customer's own. */
export function awsManagedName(reference: string): string | undefined {
  if (!reference.startsWith("arn:")) return reference;
  return awsManagedPolicyName(reference);
}

const documents = new Map<string, PolicyDocument | undefined>();

/** The document of an AWS managed policy, always the same one; `undefined` where its text is not available. */
export function managedDocument(reference: string): PolicyDocument | undefined {
  const name = awsManagedName(reference);
  if (name === undefined) return undefined;
  if (!documents.has(name)) documents.set(name, managedPolicyDocument(name));
  return documents.get(name);
}
