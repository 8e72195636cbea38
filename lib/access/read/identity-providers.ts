import { oidcProviderArn, samlProviderArn } from "../../iam/arn";
import type { ProviderNode, Readable } from "../access-graph";
import { place } from "./place";
import { report, requiredText } from "./reading";
import type { PlacedResource, Reading } from "./reading";
import { terraformText, whyNotText } from "./terraform-value";
import type { TerraformText } from "./terraform-value";

/** Reads identity providers. */
export function identityProviders(
  reading: Reading,
  resources: readonly PlacedResource[],
): ReadonlyMap<string, ProviderNode> {
  const made = new Map<string, ProviderNode>();
  for (const resource of resources) {
    const saml = resource.type === "aws_iam_saml_provider";
    const name = requiredText(reading, resource, saml ? "name" : "url");
    if (name === undefined) continue;
    const arn = saml
      ? samlProviderArn(resource.location, name)
      : oidcProviderArn(resource.location, name);
    if (made.has(arn)) {
      const what = `makes the identity provider ${arn} a second time`;
      report(reading, resource, "access-duplicate", what);
    }
    if (saml) {
      const metadata = readableText(reading, resource, "saml_metadata_document");
      made.set(arn, { ...place(resource), kind: "saml", arn, metadata });
    } else {
      const clientIds = readableTexts(reading, resource, "client_id_list");
      // In a plan or a state, those stand here that AWS found itself.
      const isPinned =
        resource.written === true && resource.attributes.thumbprint_list !== undefined;
      const thumbprints = isPinned
        ? { thumbprints: readableTexts(reading, resource, "thumbprint_list") }
        : {};
      const node = { ...place(resource), kind: "oidc", arn, url: name, clientIds } as const;
      made.set(arn, { ...node, ...thumbprints });
    }
  }
  return made;
}

function readableText(
  reading: Reading,
  resource: PlacedResource,
  attribute: string,
): Readable<string> {
  const value = requiredText(reading, resource, attribute);
  if (value !== undefined) return { known: true, value };
  return { known: false, reason: why(terraformText(resource.attributes[attribute])) };
}

function readableTexts(
  reading: Reading,
  resource: PlacedResource,
  attribute: string,
): Readable<readonly string[]> {
  const list: unknown = resource.attributes[attribute];
  if (list === undefined || list === null) return { known: true, value: [] };
  const value: string[] = [];
  for (const each of Array.isArray(list) ? (list as readonly unknown[]) : [list]) {
    const text = terraformText(each);
    if (text.kind === "text" && Array.isArray(list)) value.push(text.text);
    else {
      report(reading, resource, "access-attribute", `has a ${attribute} that ${whyNotText(text)}`);
      return { known: false, reason: why(text) };
    }
  }
  return { known: true, value };
}

function why(text: TerraformText): string {
  return text.kind === "absent" ? "it is not there" : `it ${whyNotText(text)}`;
}
