import { customerPolicyArn } from "../../iam/arn";
import { managedPolicyDocument } from "../../iam/managed-policy";
import type { PolicyDocument } from "../../iam/policy-document";
import type { PermissionPolicy, Readable } from "../access-graph";
import type { BoundaryTexts } from "./boundary-texts";
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

/**
 * Reads customer managed policies, and knows the AWS managed ones whose text is at hand.
 *
 * @param texts of boundaries that no resource makes
 */
export function managedPolicies(
  reading: Reading,
  resources: readonly PlacedResource[],
  texts: BoundaryTexts,
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
    if (byArn.has(arn))
      report(reading, resource, "access-duplicate", `makes the policy ${arn} a second time`);
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
      if (text.kind === "text") {
        const arn = text.text;
        const said = attribute === BOUNDARY ? texts.get(arn) : undefined;
        return (
          byArn.get(arn) ??
          (said === undefined
            ? awsManaged(state, resource, attribute, arn)
            : { name: arn, kind: "managed", document: { known: true, value: said.document } })
        );
      }
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

const BOUNDARY = "permissions_boundary";
const BOUNDARY_HELP =
  "if it has the text of a document of `policies/`, say so in the map: `permissionsBoundary: { existing: ..., document: ... }`";
const AWS_MANAGED = /^arn:[^:]+:iam::aws:policy\/(?<name>.+)$/;

function awsManaged(
  reading: Reading,
  resource: PlacedResource,
  attribute: string,
  arn: string,
): PermissionPolicy {
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
      attribute === BOUNDARY && name === undefined ? BOUNDARY_HELP : undefined,
    );
  }
  return { name: arn, kind: "managed", document };
}
