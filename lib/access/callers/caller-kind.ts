import type { Caller } from "../../iam/condition/caller";
import { issuerOfProvider } from "../decide/condition-key";

/** What decides by which keys of its requests a caller is told from others. */
export interface CallerKind {
  readonly kind:
    "anyone" | "principal" | "service" | "pods" | "roles-anywhere" | "web-identity" | "saml";
  /** The service or provider, as a policy names it; of others `*` or an ARN. */
  readonly name: string;
  /** Of a provider of OpenID Connect, without its scheme. @default - it is none */
  readonly issuer?: string;
}

/** The kind of a service, as a policy names it. */
export function serviceKind(service: string): CallerKind {
  if (service === "pods.eks.amazonaws.com") return { kind: "pods", name: service };
  if (/^rolesanywhere\.amazonaws\.com(?:\.cn)?$/.test(service)) {
    return { kind: "roles-anywhere", name: service };
  }
  return { kind: "service", name: service };
}

/** The kind of an identity provider, as a policy names it. */
export function providerKind(provider: string): CallerKind {
  return provider.includes(":saml-provider/")
    ? { kind: "saml", name: provider }
    : { kind: "web-identity", name: provider, issuer: issuerOfProvider(provider) };
}

/** The kind of a caller of a request. */
export function kindOfCaller(caller: Caller): CallerKind {
  if (caller.kind === "service") return serviceKind(caller.service);
  if ("provider" in caller) return providerKind(caller.provider);
  return { kind: "principal", name: caller.kind === "user" ? caller.arn : caller.roleArn };
}
