import { customerPolicyArn } from "../../iam/arn";
import { managedPolicyDocument } from "../../iam/managed-policy";
import type { PolicyDocument } from "../../iam/policy-document";
import type { PermissionPolicy, Readable } from "../access-graph";
import { policyValue } from "./policy-value";
import { pathOf, report, requiredText } from "./reading";
import type { PlacedResource, Reading } from "./reading";
import { terraformText, whyNotFound, whyNotText } from "./terraform-value";

/** The managed policies that resources can attach. */
export interface ManagedPolicies {
  /** The policy that an attribute of a resource names, by ARN or by reference; reported where it is not known. */
  resolve(
    reading: Reading,
    resource: PlacedResource,
    attribute: string,
    value: unknown,
  ): PermissionPolicy;
}

/** Reads customer managed policies, and knows the AWS managed ones whose text is at hand. */
export function managedPolicies(
  reading: Reading,
  resources: readonly PlacedResource[],
): ManagedPolicies {
  const byArn = new Map<string, PermissionPolicy>();
  const byAddress = new Map<string, PermissionPolicy>();
  for (const resource of resources) {
    const document = policyValue(resource.attributes.policy);
    if (!document.known)
      report(reading, resource, "access-policy", `is not readable: ${document.reason}`);
    const name = requiredText(reading, resource, "name");
    const path = pathOf(reading, resource);
    const arn =
      name === undefined || path === undefined
        ? `${resource.stack}/${resource.address}`
        : customerPolicyArn(resource.location, path, name);
    const policy: PermissionPolicy = { name: arn, kind: "managed", document };
    byArn.set(arn, policy);
    byAddress.set(`${resource.stack} ${resource.address}`, policy);
  }

  return {
    resolve(state, resource, attribute, value) {
      const text = terraformText(value);
      // The id of a policy is its ARN.
      if (text.kind === "reference" && (text.attribute === "arn" || text.attribute === "id")) {
        const policy = byAddress.get(`${resource.stack} ${text.address}`);
        if (policy !== undefined) return policy;
      }
      if (text.kind === "text")
        return byArn.get(text.text) ?? awsManaged(state, resource, text.text);
      const reason = `the ${attribute} of ${resource.address} ${whyNotText(text)}`;
      report(state, resource, "access-reference", `has a ${attribute} that ${whyNotFound(text)}`);
      const policy = {
        name: resource.address,
        kind: "managed",
        document: { known: false, reason },
      } as const;
      return text.kind === "computed" ? { ...policy, anonymous: true } : policy;
    },
  };
}

const AWS_MANAGED = /^arn:[^:]+:iam::aws:policy\/(?<name>.+)$/;

function awsManaged(reading: Reading, resource: PlacedResource, arn: string): PermissionPolicy {
  const name = AWS_MANAGED.exec(arn)?.groups?.name;
  const known = name === undefined ? undefined : managedPolicyDocument(name);
  const document: Readable<PolicyDocument> =
    known === undefined
      ? { known: false, reason: `the text of ${arn} is not at hand` }
      : { known: true, value: known };
  if (known === undefined) {
    report(
      reading,
      resource,
      "access-policy",
      `names ${arn}, whose text is not at hand`,
      "warning",
    );
  }
  return { name: arn, kind: "managed", document };
}
