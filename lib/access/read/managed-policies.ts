import { awsManagedPolicyName, customerPolicyArn, parseArn } from "../../iam/arn";
import { managedPolicyDocument } from "../../iam/managed-policy";
import type { PolicyDocument } from "../../iam/policy-document";
import type { PermissionPolicy, PolicyNode, Readable } from "../access-graph";
import type { BoundaryTexts } from "./boundary-texts";
import { place } from "./place";
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
  /** The policies that resources make, by ARN, and whether anything was resolved to them. */
  made(): ReadonlyMap<string, PolicyNode>;
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
  const made = new Map<string, PlacedResource>();
  const used = new Set<PermissionPolicy>();
  for (const resource of resources) {
    const document = policyValue(resource.attributes.policy);
    if (!document.known) {
      const message = `is not readable: ${document.reason}`;
      report(reading, resource, "access-policy", message, { argument: "policy" });
    }
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
    made.set(arn, resource);
    byAddress.set(`${resource.stack} ${resource.address}`, policy);
  }

  return {
    resolve(state, resource, attribute, value) {
      const text = terraformText(value);
      // The id of a policy is its ARN.
      if (text.kind === "reference" && (text.attribute === "arn" || text.attribute === "id")) {
        const policy = byAddress.get(`${resource.stack} ${text.address}`);
        if (policy !== undefined) return use(state, resource, attribute, policy);
      }
      if (text.kind === "text") {
        const arn = text.text;
        const own = byArn.get(arn);
        if (own !== undefined) return use(state, resource, attribute, own);
        const said = attribute === BOUNDARY ? texts.get(arn) : undefined;
        return said === undefined
          ? awsManaged(state, resource, attribute, arn)
          : { name: arn, kind: "managed", document: { known: true, value: said.document } };
      }
      const reason = `the ${attribute} of ${resource.address} ${whyNotText(text)}`;
      const message = `has a ${attribute} that ${whyNotFound(text)}`;
      report(state, resource, "access-reference", message, { argument: attribute });
      const policy = {
        name: resource.address,
        kind: "managed",
        document: { known: false, reason },
      } as const;
      return text.kind === "computed" ? { ...policy, anonymous: true } : policy;
    },
    made: () =>
      new Map(
        [...made].map(([arn, resource]): [string, PolicyNode] => {
          const policy = byArn.get(arn);
          const document = policy?.document ?? { known: false, reason: "there is no policy" };
          const isUsed = policy !== undefined && used.has(policy);
          return [arn, { ...place(resource), arn, document, isUsed }];
        }),
      ),
  };

  function use(
    state: Reading,
    resource: PlacedResource,
    attribute: string,
    policy: PermissionPolicy,
  ): PermissionPolicy {
    used.add(policy);
    const owner = parseArn(policy.name)?.accountId;
    // IAM attaches customer managed policies in their own account only.
    if (owner !== undefined && owner !== resource.location.accountId) {
      const message = `names ${policy.name}, a policy of another account than its own, ${resource.location.accountId}`;
      report(state, resource, "access-account", message, { argument: attribute });
    }
    return policy;
  }
}

const BOUNDARY = "permissions_boundary";
const BOUNDARY_HELP =
  "if it has the text of a document of `policies/`, say so in the map: `permissionsBoundary: { existing: ..., document: ... }`";

function awsManaged(
  reading: Reading,
  resource: PlacedResource,
  attribute: string,
  arn: string,
): PermissionPolicy {
  const name = awsManagedPolicyName(arn);
  const known = name === undefined ? undefined : managedPolicyDocument(name);
  const document: Readable<PolicyDocument> =
    known === undefined
      ? { known: false, reason: `the text of ${arn} is not at hand` }
      : { known: true, value: known };
  if (known === undefined) {
    report(reading, resource, "access-policy", `names ${arn}, whose text is not at hand`, {
      severity: "warning",
      argument: attribute,
      ...(attribute === BOUNDARY && name === undefined ? { help: BOUNDARY_HELP } : {}),
    });
  }
  return { name: arn, kind: "managed", document };
}
