import { providerKind, serviceKind } from "./caller-kind";
import type { CallerKind } from "./caller-kind";
import type { NamedCaller } from "./named-caller";
import { githubCaller, isGithubIssuer } from "./github-caller";
import { partText } from "./name-part";
import type { NamePart } from "./name-part";
import type { IdentityTest } from "./trust-entry";

/** Keys of requests that tell one pod from another (rule OI-15). */
const CLUSTER = "aws:requesttag/eks-cluster-arn";
const NAMESPACE = "aws:requesttag/kubernetes-namespace";
const SERVICE_ACCOUNT = "aws:requesttag/kubernetes-service-account";
const SOURCE_ARN = "aws:sourcearn";
const SOURCE_ACCOUNT = "aws:sourceaccount";
/** Fields of a certificate, as tags of the session that Roles Anywhere asks for. */
const CERTIFICATE = /^aws:principaltag\/(?<field>x509.*)$/;

/** Whether a key of a request says which caller of a provider or service it is, and not under which conditions. */
export function isIdentityKey({ kind, issuer = "" }: CallerKind, key: string): boolean {
  const name = key.toLowerCase();
  switch (kind) {
    case "web-identity":
      return name === `${issuer.toLowerCase()}:sub`;
    case "saml":
      return name.startsWith("saml:") && name !== "saml:aud";
    case "pods":
      return name === CLUSTER || name === NAMESPACE || name === SERVICE_ACCOUNT;
    case "roles-anywhere":
      return name === SOURCE_ARN || CERTIFICATE.test(name);
    case "service":
      return name === SOURCE_ARN || name === SOURCE_ACCOUNT;
    case "anyone":
      return name === "aws:principalorgid" || name === "aws:principalorgpaths";
    case "principal":
      return false;
  }
}

/** Names a caller of a provider or service by the keys that say who it is. */
export function identifiedCaller(
  { kind, name, issuer = "" }: CallerKind,
  identity: readonly IdentityTest[],
): NamedCaller {
  const part = (key: string): NamePart | undefined =>
    identity.find((each) => each.key.toLowerCase() === key)?.part;
  switch (kind) {
    case "web-identity": {
      const subject = part(`${issuer.toLowerCase()}:sub`);
      return isGithubIssuer(issuer)
        ? githubCaller(name, issuer, subject)
        : { kind: "oidc", provider: name, issuer, ...given("subject", subject) };
    }
    case "saml":
      return {
        kind: "saml",
        provider: name,
        attributes: Object.fromEntries(identity.map((each) => [each.key, each.part])),
      };
    case "pods":
      return {
        kind: "pods",
        ...given("clusterArn", part(CLUSTER)),
        ...given("namespace", part(NAMESPACE)),
        ...given("serviceAccount", part(SERVICE_ACCOUNT)),
      };
    case "roles-anywhere":
      return {
        kind: "roles-anywhere",
        ...given("trustAnchorArn", part(SOURCE_ARN)),
        certificate: Object.fromEntries(
          identity.flatMap((each) => {
            const field = CERTIFICATE.exec(each.key.toLowerCase())?.groups?.field;
            return field === undefined ? [] : [[each.key.slice(-field.length), each.part]];
          }),
        ),
      };
    case "service":
      return {
        kind: /^ec2\.amazonaws\.com(?:\.cn)?$/.test(name) ? "ec2-instances" : "service",
        service: name,
        ...given("sourceArn", part(SOURCE_ARN)),
        ...given("sourceAccount", part(SOURCE_ACCOUNT)),
      };
    case "anyone": {
      const [path, organization] = [part("aws:principalorgpaths"), part("aws:principalorgid")];
      if (path !== undefined) return { kind: "organizational-unit", path };
      return organization === undefined
        ? { kind: "anyone" }
        : { kind: "organization", organization };
    }
    case "principal":
      return { kind: "other", text: identity.map((each) => partText(each.part)).join(" ") };
  }
}

/** Whether a key of a request is one of those by which a caller of a provider or service is named. */
export function isKeyOfName(caller: NamedCaller, key: string): boolean {
  const kind = kindOfName(caller);
  return kind !== undefined && isIdentityKey(kind, key);
}

function kindOfName(caller: NamedCaller): CallerKind | undefined {
  switch (caller.kind) {
    case "service":
    case "ec2-instances":
      return serviceKind(caller.service);
    case "pods":
    case "roles-anywhere":
      return { kind: caller.kind, name: "" };
    case "github-actions":
    case "oidc":
    case "saml":
      return providerKind(caller.provider);
    default:
      return undefined;
  }
}

function given<K extends string>(key: K, part: NamePart | undefined): Partial<Record<K, NamePart>> {
  return part === undefined ? {} : ({ [key]: part } as Record<K, NamePart>);
}
