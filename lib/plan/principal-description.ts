import type { AccountIdentity, Principal } from "../account-map/principal";
import { issuerOf } from "../iam/arn";

/** A principal in words, for people: kind, name and account id. */
export function describePrincipal(principal: Principal, home: AccountIdentity): string {
  switch (principal.kind) {
    case "user":
      return `user ${principal.names.join(", ")} in ${(principal.account ?? home).id}`;
    case "role":
      return `role ${principal.names.join(", ")} in ${(principal.account ?? home).id}`;
    case "account":
      return `account ${(principal.account ?? home).id}`;
    case "permissionSet":
      return `permission set ${principal.pattern} in ${(principal.account ?? home).id}`;
    case "githubActions":
      return `GitHub Actions of ${principal.owner}/${principal.repository}`;
    case "oidc":
      return `${principal.subjects.join(", ")} of ${issuerOf(principal.provider.url)}`;
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
      return `organizational unit ${principal.orgPath}`;
    case "foreignAccount":
      return `foreign account ${principal.accountId}`;
  }
}
