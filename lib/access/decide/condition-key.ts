import type { Caller } from "../../iam/condition/caller";
import { issuerOf } from "../../iam/arn";
import { alwaysClaimed, isMultiValuedClaim } from "../../iam/federation/issuer-claims";

/** Whether the requests of a kind of caller carry a key. */
export type KeyPresence = "always" | "sometimes" | "never";

/** `A`lways, `S`ometimes, `N`ever: for users, role sessions, services, web identities, SAML, in this order. */
const PRESENCE: Readonly<Record<string, string>> = {
  "aws:principalarn": "AANNN",
  "aws:principalaccount": "AASSS", // CK-09
  "aws:principalorgid": "SSNNN", // CK-01, CK-03, CK-04
  "aws:principalorgpaths": "SSNNN",
  "aws:principaltype": "AASSS",
  "aws:principalisawsservice": "AAANN", // CK-24
  "aws:principalservicename": "NNANN",
  "aws:principalservicenameslist": "NNANN",
  "aws:username": "ANNNN", // CK-20
  "aws:userid": "AASSS",
  // CK-15: of a role session it is absent or `false`, see {@link neverTrue}.
  "aws:multifactorauthpresent": "SSNNN",
  "aws:multifactorauthage": "SNNNN",
  "aws:tokenissuetime": "SANNN", // CK-23
  "aws:sourceidentity": "NSNNN", // CK-21
  "aws:sourcearn": "NNSNN", // CK-10
  "aws:sourceaccount": "NNSNN",
  "aws:sourceorgid": "NNSNN",
  "aws:sourceorgpaths": "NNSNN",
  "aws:currenttime": "AAAAA",
  "aws:epochtime": "AAAAA",
  "aws:requestedregion": "AAAAA",
  "aws:securetransport": "AAAAA",
  "sts:externalid": "SSSNN", // CK-18, TR-19: no page says of a service that it sends none
  // Roles Anywhere sets one, and tags from the certificate, as a service.
  "sts:sourceidentity": "SSSSS",
  "sts:durationseconds": "NNNNN", // CK-19
  "ec2:sourceinstancearn": "NSNNN", // CK-22
  "ec2:roledelivery": "NSNNN",
  "aws:ec2instancesourcevpc": "NSNNN",
  "aws:ec2instancesourceprivateipv4": "NSNNN",
  "saml:aud": "NNNNA",
};

/** Of all claims of SAML but the audience. */
const SAML_CLAIM = "NNNNS";

const KINDS: readonly Caller["kind"][] = [
  "user",
  "role-session",
  "service",
  "web-identity",
  "saml",
];

/**
 * Whether the requests of a caller carry a condition key: what the documentation says of global keys and
 * of STS, `sometimes` of all others.
 *
 * @param provider of a web identity, whose claims are keys of their own (rule OI-01)
 */
export function keyPresence(key: string, kind: Caller["kind"], provider = ""): KeyPresence {
  const name = key.toLowerCase();
  const issuer = issuerOfKey(name);
  if (issuer !== undefined) {
    if (kind !== "web-identity" || issuer !== issuerOfProvider(provider).toLowerCase()) {
      return "never";
    }
    return alwaysClaimed(issuer, name.slice(issuer.length + 1)) ? "always" : "sometimes";
  }
  const letters = PRESENCE[name] ?? (name.startsWith("saml:") ? SAML_CLAIM : undefined);
  const letter = letters?.[KINDS.indexOf(kind)];
  return letter === "A" ? "always" : letter === "N" ? "never" : "sometimes";
}

/**
 * Whether a key never has the value `true` in the requests of a kind of caller: no session of a role has
 * multi-factor authentication, but of `aws:MultiFactorAuthPresent` AWS says both that temporary credentials
 * carry it and that those of AssumeRole do not (rule CK-15).
 */
export function neverTrue(key: string, kind: Caller["kind"]): boolean {
  return kind === "role-session" && key.toLowerCase() === "aws:multifactorauthpresent";
}

/** Whether a key has several values in one request (rule GR-18); `undefined` for keys that are not known. */
export function isMultiValued(key: string): boolean | undefined {
  const name = key.toLowerCase();
  if (MULTI_VALUED.has(name) || isMultiValuedClaim(name)) return true;
  const single =
    name in PRESENCE ||
    issuerOfKey(name) !== undefined ||
    SINGLE_PREFIXES.some((prefix) => name.startsWith(prefix));
  return single ? false : undefined;
}

const MULTI_VALUED: ReadonlySet<string> = new Set([
  "aws:principalorgpaths",
  "aws:resourceorgpaths",
  "aws:sourceorgpaths",
  "aws:principalservicenameslist",
  "aws:tagkeys",
  "sts:transitivetagkeys",
  "aws:calledvia",
]);

const SINGLE_PREFIXES = [
  "aws:principaltag/",
  "aws:requesttag/",
  "aws:resourcetag/",
  "iam:resourcetag/",
  "aws:source",
  "aws:vpc",
  "aws:via",
  "sts:rolesessionname",
];

/** The issuer that a key of a web identity's claim begins with: a host name, where AWS's own keys have a service. */
export function issuerOfKey(name: string): string | undefined {
  const colon = name.lastIndexOf(":");
  const prefix = name.slice(0, Math.max(colon, 0));
  return prefix.includes(".") ? prefix : undefined;
}

/** The issuer that a Federated principal stands for, without its scheme. */
export function issuerOfProvider(provider: string): string {
  const [, url] = provider.split(":oidc-provider/");
  return issuerOf(url ?? provider);
}
