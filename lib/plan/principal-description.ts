import type { AccountIdentity, Principal } from "../account-map/model/principal";
import { issuerOf } from "../iam/arn";

/**
 * A principal in words, for people: kind, name and account ID. `homes` are the accounts of the roles
 * that it assumes; where the map names no account, it lives in each of them.
 */
export function describePrincipal(
  principal: Principal,
  ...homes: readonly AccountIdentity[]
): string {
  const where = (account: AccountIdentity | undefined): string =>
    listIds(account === undefined ? homes : [account]);
  switch (principal.kind) {
    case "user":
      return `user ${principal.names.join(", ")} in ${where(principal.account)}`;
    case "role":
      return `role ${principal.names.join(", ")} in ${where(principal.account)}`;
    case "account":
      return `account ${where(principal.account)}`;
    case "permissionSet":
      return `permission set ${principal.pattern} in ${where(principal.account)}`;
    case "githubActions":
      return `GitHub Actions of ${principal.owner}/${principal.repository}`;
    case "oidc":
      return `${principal.subjects.length === 0 ? `anyone for ${principal.audiences.join(", ")}` : principal.subjects.join(", ")} of ${issuerOf(principal.provider.url)}`;
    case "saml":
      return `SAML provider ${principal.provider.name}`;
    case "instanceProfile":
      return "EC2 instances with its profile";
    case "podIdentity":
      return "pods by EKS Pod Identity";
    case "service":
      return `service ${principal.service}`;
    case "rolesAnywhere":
      return "certificates by IAM Roles Anywhere";
    case "organizationalUnit":
      return `OU ${principal.orgPath}`;
    case "foreignAccount":
      return `external account ${principal.accountId}`;
  }
}

/** Account IDs to show before only their number is shown. */
const IDS_SHOWN = 5;

function listIds(accounts: readonly AccountIdentity[]): string {
  const ids = [...new Set(accounts.map(({ id }) => id))];
  if (ids.length <= IDS_SHOWN) return ids.join(", ");
  return `${ids.slice(0, IDS_SHOWN).join(", ")} and ${ids.length - IDS_SHOWN} more accounts`;
}
