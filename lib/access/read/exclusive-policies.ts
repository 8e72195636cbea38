import type { PermissionPolicy } from "../access-graph";
import type { IdentityDraft } from "./identities";
import { report } from "./reading";
import type { PlacedResource, Reading } from "./reading";
import { terraformText, whyNotText } from "./terraform-value";

/**
 * Notes that a user or role keeps only the policies of a list, and reports where the list and what is
 * attached differ: Terraform would take away what is not in it.
 *
 * @param named the name of the policy that a reference of the list stands for
 */
export function noteExclusive(
  reading: Reading,
  resource: PlacedResource,
  draft: IdentityDraft,
  kind: PermissionPolicy["kind"],
  named: (address: string, attribute: string) => string | undefined,
): void {
  draft.exclusive[kind] = true;
  const attribute = kind === "inline" ? "policy_names" : "policy_arns";
  const value: unknown = resource.attributes[attribute];
  if (!Array.isArray(value)) {
    const why = whyNotText(terraformText(value));
    const message = `has ${attribute} of which the list ${why}`;
    report(reading, resource, "access-reference", message, { argument: attribute });
    // Terraform attaches what is in the list and is not attached; inline policies it only takes away.
    if (kind === "managed") {
      const reason = `the list of ${attribute} ${why}`;
      const document = { known: false, reason } as const;
      draft.policies.push({ name: resource.address, kind, document, anonymous: true });
    }
    return;
  }
  const listed = new Set<string>();
  for (const each of value as readonly unknown[]) {
    const text = terraformText(each);
    const name =
      text.kind === "text"
        ? text.text
        : text.kind === "reference"
          ? named(text.address, text.attribute)
          : undefined;
    if (name !== undefined) listed.add(name);
    else
      report(reading, resource, "access-reference", `has ${attribute} that are not in the stack`, {
        argument: attribute,
      });
  }
  const attached = new Set(
    draft.policies.filter((policy) => policy.kind === kind).map(({ name }) => name),
  );
  for (const name of attached) {
    if (!listed.has(name)) {
      report(
        reading,
        resource,
        "access-exclusive",
        `leaves out \`${name}\`, which ${draft.resource.address} has attached`,
      );
    }
  }
  for (const name of listed) {
    if (!attached.has(name)) {
      report(
        reading,
        resource,
        "access-exclusive",
        `lists \`${name}\`, which nothing attaches to ${draft.resource.address}`,
      );
    }
  }
}
