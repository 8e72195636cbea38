import type {
  ForeignAccountPrincipal,
  OrganizationalUnitPrincipal,
  AccountIdentity,
  Principal,
} from "../../account-map/model/principal";
import {
  locationOf,
  oidcPrincipal,
  permissionSetArnPattern,
  samlProviderArn,
  roleArn,
  userArn,
} from "../../iam/arn";
import type { AccountLocation } from "../../iam/arn";
import type { Caller } from "../../iam/condition/caller";
import { servicePrincipal } from "../../iam/services/service-principal";
import type { AccountDirectory } from "../account-directory";
import { ALWAYS, fixed, POSSIBLE } from "./dimension";
import type { Dimension, Facet } from "./dimension";

/** A caller that takes a declared entry, with what of it is open. */
export interface EntryCaller {
  readonly caller: Caller;
  /** @default - the caller is known as a whole */
  readonly dimensions?: readonly Dimension[];
  /**
   * What is open of a caller who stands for all of an account: it is enough that somebody of the account can
   * assume the role.
   *
   * @default - the caller is the only one
   */
  readonly anyone?: Facet;
  /** Why policies that bind the caller are not known. @default - they are known */
  readonly unbound?: string;
}

/** How a session is named where its name decides nothing. */
const SESSION = "session";
/** What a role is called of which nothing but the account is known. */
const SOMEONE = "someone";

/**
 * The callers whom a declared principal names or stands for.
 *
 * @param home the account of the role
 */
export function entryCallers(
  principal: Principal,
  home: AccountIdentity,
  accounts: AccountDirectory,
): readonly EntryCaller[] {
  const here = locationOf(home);
  const service = (name: string): EntryCaller[] => [
    { caller: { kind: "service", service: servicePrincipal(name, home.partition) } },
  ];
  switch (principal.kind) {
    case "user": {
      const account = locationOf(principal.account ?? home);
      return principal.names.map((name) => ({
        caller: { kind: "user", arn: userArn(account, principal.path, name) },
      }));
    }
    case "role": {
      const account = locationOf(principal.account ?? home);
      return principal.names.map((name) => ({
        caller: session(roleArn(account, principal.path, name)),
      }));
    }
    case "account":
      return [someoneIn(locationOf(principal.account ?? home))];
    case "permissionSet":
      return [ofPermissionSet(locationOf(principal.account ?? home), principal.pattern)];
    case "foreignAccount":
      return [ofExternalAccount(principal, home)];
    case "organizationalUnit":
      return ofUnit(principal, home, accounts);
    case "githubActions":
    case "oidc": {
      const provider = oidcPrincipal(here, principal.provider.url);
      return [{ caller: { kind: "web-identity", provider } }];
    }
    case "saml": {
      const provider = samlProviderArn(here, principal.provider.name);
      return [{ caller: { kind: "saml", provider } }];
    }
    case "instanceProfile":
      return service("ec2");
    case "podIdentity":
      return service("pods.eks");
    case "rolesAnywhere":
      return service("rolesanywhere");
    case "service":
      return service(principal.service);
  }
}

function session(arn: string): Caller {
  return { kind: "role-session", roleArn: arn, sessionName: SESSION };
}

/** Somebody whom the administrators of an account permit. */
function someoneIn(account: AccountLocation): EntryCaller {
  const { partition, accountId } = account;
  return {
    caller: session(roleArn(account, "/", SOMEONE)),
    anyone: principalLike(`arn:${partition}:iam::${accountId}:*`),
  };
}

/** A caller whose ARN matches a pattern; what follows from the ARN is open with it. */
function principalLike(like: string): Facet {
  return {
    open: new Map([
      ["aws:principalarn", { presence: "always", within: { like } }],
      ["aws:principaltype", ALWAYS],
      ["aws:username", POSSIBLE],
    ]),
  };
}

/**
 * A role of Identity Center has a suffix that nobody chooses, and in its path the region of Identity Center,
 * unless that is us-east-1: which of both forms it has, the map does not say (rules SSO-01, SSO-02).
 */
function ofPermissionSet(account: AccountLocation, pattern: string): EntryCaller {
  const without = permissionSetArnPattern(account, pattern).replace(".com*/", ".com/");
  const region = account.partition === "aws-eusc" ? "????-*-?" : "??-*-?";
  const within = without.replace(".com/", `.com/${region}/`);
  const facets = [without, within].map((like): Facet => ({
    open: new Map([["aws:principalarn", { presence: "always", within: { like, segments: true } }]]),
  }));
  return {
    caller: session(without.replaceAll("?", "0").replaceAll("*", "")),
    dimensions: [
      {
        keys: ["aws:principalarn"],
        facets,
        declared: false,
        unknown: "whether the path of the role has a region is not known (SSO-01)",
      },
    ],
  };
}

/** The organization of an external account is unknown, unless the map says it. */
function ofExternalAccount(
  { accountId, partition, entity, organization }: ForeignAccountPrincipal,
  home: AccountIdentity,
): EntryCaller {
  const location = { partition: partition ?? home.partition, accountId };
  const arn = `arn:${location.partition}:iam::${accountId}:${entity ?? ""}`;
  const known: EntryCaller =
    entity === undefined
      ? someoneIn(location)
      : { caller: entity.startsWith("user/") ? { kind: "user", arn } : session(arn) };
  if (organization === undefined) return known;
  const facet: Facet =
    organization === "none"
      ? {
          open: new Map([
            ["aws:principalorgid", undefined],
            ["aws:principalorgpaths", undefined],
          ]),
        }
      : { keys: { "aws:PrincipalOrgID": organization } };
  return { ...known, dimensions: [fixed(facet)] };
}

/** Somebody of each account of the map in a unit; where there is none, of an account that is not in the map. */
function ofUnit(
  { organization, orgPath, includeChildren }: OrganizationalUnitPrincipal,
  { partition }: AccountIdentity,
  accounts: AccountDirectory,
): readonly EntryCaller[] {
  const mapped = [...accounts].filter(([, { organizationPath = "" }]) =>
    includeChildren ? organizationPath.startsWith(orgPath) : organizationPath === orgPath,
  );
  if (mapped.length > 0) {
    return mapped.map(([accountId]) => someoneIn({ partition, accountId }));
  }
  const { caller, anyone = {} } = someoneIn({ partition, accountId: UNMAPPED });
  const path = includeChildren ? `${orgPath}*` : orgPath;
  const facet: Facet = {
    keys: { "aws:PrincipalOrgID": organization.id },
    open: new Map([
      ...(principalLike(`arn:${partition}:iam::*:*`).open ?? []),
      ["aws:principalaccount", ALWAYS],
      ["aws:principalorgpaths", { presence: "always", within: { like: path } }],
    ]),
  };
  return [
    {
      caller,
      dimensions: [fixed(facet)],
      anyone,
      unbound:
        "the map has no account of the unit, so which service control policies bind is not known",
    },
  ];
}

/** Stands for an account that the map does not have: no account of AWS has this id. */
const UNMAPPED = "000000000000";
