import { oidcProviderArn, samlProviderArn } from "../../iam/arn";
import type { ProviderNode } from "../access-graph";
import { place } from "./identities";
import { requiredText } from "./reading";
import type { PlacedResource, Reading } from "./reading";

/** Reads identity providers. */
export function identityProviders(
  reading: Reading,
  resources: readonly PlacedResource[],
): ReadonlyMap<string, ProviderNode> {
  const made = new Map<string, ProviderNode>();
  for (const resource of resources) {
    const kind = resource.type === "aws_iam_saml_provider" ? "saml" : "oidc";
    const name = requiredText(reading, resource, kind === "saml" ? "name" : "url");
    if (name === undefined) continue;
    const arn =
      kind === "saml"
        ? samlProviderArn(resource.location, name)
        : oidcProviderArn(resource.location, name);
    made.set(arn, { ...place(resource), kind, arn });
  }
  return made;
}
