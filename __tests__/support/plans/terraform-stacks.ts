import { terraformPolicyText } from "../../../lib/iam/policy-text";
import { policyDocument } from "../../../lib/iam/policy-document";
import type { PolicyDocument, Statement } from "../../../lib/iam/policy-document";
import type { StackText } from "../../../lib/access/read/terraform-stack";

/** A stack of one account as the synthesizer writes it: resources by type and name. */
export function stackText(
  stack: string,
  accountId: string,
  resource: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  region = "eu-central-1",
): StackText {
  const provider = { aws: [{ allowed_account_ids: [accountId], region }] };
  return { stack, text: JSON.stringify({ "//": { metadata: {} }, provider, resource }) };
}

/** A role with a trust policy of these statements. */
export function roleBlock(
  name: string,
  trust: readonly Statement[],
  more: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  return { name, assume_role_policy: terraformPolicyText(policyDocument(trust)), ...more };
}

/** The text of a permission to assume roles. */
export function assumePolicy(
  resource: string | readonly string[] = "*",
  action: string | readonly string[] = "sts:AssumeRole",
): PolicyDocument {
  return policyDocument([{ Effect: "Allow", Action: action, Resource: resource }]);
}
