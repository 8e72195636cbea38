import type { AccountIdentity, Principal } from "../account-map/principal";
import { locationOf, oidcPrincipal, permissionSetArnPattern, samlProviderArn } from "../iam/arn";
import { roleArn, userArn } from "../iam/arn";
import type { Caller } from "../iam/condition/caller";
import { servicePrincipal } from "../iam/services/service-principal";

/** How a session is named where its name decides nothing. */
const SESSION = "session";
/** What a role is called of which nothing but the account is known. */
const SOMEONE = "someone";

/**
 * A caller for each that a principal names, or one of those whom it stands for; none where not even an
 * account is known.
 *
 * @param home the account of the role that is entered
 */
export function outsideCallers(principal: Principal, home: AccountIdentity): readonly Caller[] {
  const here = locationOf(home);
  const session = (arn: string): Caller => ({
    kind: "role-session",
    roleArn: arn,
    sessionName: SESSION,
  });
  const service = (name: string): Caller => ({
    kind: "service",
    service: servicePrincipal(name, home.partition),
  });
  switch (principal.kind) {
    case "user": {
      const account = locationOf(principal.account ?? home);
      return principal.names.map((name) => ({
        kind: "user",
        arn: userArn(account, principal.path, name),
      }));
    }
    case "role": {
      const account = locationOf(principal.account ?? home);
      return principal.names.map((name) => session(roleArn(account, principal.path, name)));
    }
    case "account":
      return [session(roleArn(locationOf(principal.account ?? home), "/", SOMEONE))];
    case "permissionSet": {
      const account = locationOf(principal.account ?? home);
      const pattern = permissionSetArnPattern(account, principal.pattern);
      return [session(pattern.replaceAll("?", "0").replaceAll("*", ""))];
    }
    case "foreignAccount": {
      const { accountId, partition = home.partition, entity = `role/${SOMEONE}` } = principal;
      const arn = `arn:${partition}:iam::${accountId}:${entity}`;
      return [entity.startsWith("user/") ? { kind: "user", arn } : session(arn)];
    }
    case "githubActions":
    case "oidc":
      return [{ kind: "web-identity", provider: oidcPrincipal(here, principal.provider.url) }];
    case "saml":
      return [{ kind: "saml", provider: samlProviderArn(here, principal.provider.name) }];
    case "instanceProfile":
      return [service("ec2")];
    case "podIdentity":
      return [service("pods.eks")];
    case "rolesAnywhere":
      return [service("rolesanywhere")];
    case "service":
      return [service(principal.service)];
    case "organizationalUnit":
      return [];
  }
}
