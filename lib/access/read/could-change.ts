import type { Possibility } from "../unread/unread";
import { ANYTHING } from "../unread/unread";
import { isReadType } from "./arguments/iam-arguments";
import { leavesOthersAlone } from "./arguments/iam-types";
import { makesIdentities, reachesOtherAccounts } from "./other-resources";
import type { TerraformResource } from "./terraform-stack";
import { terraformText } from "./terraform-value";

/** Finds a resource by its stack and its address there. */
export type FindResource = (stack: string, address: string) => TerraformResource | undefined;

/**
 * What a resource could change that is not read, or not as a whole: of resources that belong to one user or
 * role, what that one is permitted; of others, what everybody in their account is. Without an account of its
 * own, it could be in any.
 *
 * @param how whether it comes to what was read, or what was read of it may not be so
 */
export function couldChange(
  resource: TerraformResource,
  how: Possibility["how"],
  find: FindResource,
): readonly Possibility[] {
  const { type, location } = resource;
  const account = location === undefined ? {} : { accountId: location.accountId };
  if (!type.startsWith("aws_iam_")) {
    if (!makesIdentities(type) || reachesOtherAccounts(type)) return ANYTHING;
    return ANYTHING.map((each) => ({ ...each, ...account }));
  }
  if (leavesOthersAlone(type)) return [];
  if (!isReadType(type)) return ANYTHING.map((each) => ({ ...each, ...account }));
  const permissions = { what: "permissions", how, ...account } as const;
  switch (type) {
    case "aws_iam_role":
    case "aws_iam_user": {
      const kind = type === "aws_iam_role" ? "role" : "user";
      const own = { ...account, kind, ...named(terraformText(resource.attributes.name)) } as const;
      if (!("name" in own)) return [{ what: "trust", how: "adds", ...own, isNew: true }];
      const trust: Possibility = { what: "trust", how, ...own };
      return [...(kind === "role" ? [trust] : []), { ...permissions, ...own }];
    }
    // Whom a service or a provider hands a role to, its trust policy decides.
    case "aws_iam_instance_profile":
    case "aws_iam_openid_connect_provider":
    case "aws_iam_saml_provider":
      return [];
    case "aws_iam_policy":
    case "aws_iam_policy_attachment":
      return [permissions];
  }
  const kind = /^aws_iam_(?<kind>role|user|group)_/.exec(type)?.groups?.kind;
  // Only users are in groups.
  if (kind !== "role" && kind !== "user") return [{ ...permissions, kind: "user" }];
  const owner = terraformText(resource.attributes[kind] ?? resource.attributes[`${kind}_name`]);
  if (owner.kind === "reference") {
    const found = find(resource.stack, owner.address);
    const name = found?.type === `aws_iam_${kind}` ? terraformText(found.attributes.name) : owner;
    return [{ ...permissions, kind, ...named(name) }];
  }
  return [{ ...permissions, kind, ...named(owner) }];
}

function named(text: ReturnType<typeof terraformText>): { readonly name?: string } {
  return text.kind === "text" ? { name: text.text } : {};
}
