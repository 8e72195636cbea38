import { valuesOf } from "../../iam/policy-document";
import { builtInProvider } from "../../iam/federation/built-in-provider";
import { issuerOfKey } from "../decide/condition-key";
import type { KeyUsage } from "./key-usage";
import type { PolicyDocument } from "../../iam/policy-document";
import type { RepresentativeAccount } from "./representative-accounts";
import type { CallerCase, TargetRole } from "./scenario";

/**
 * Callers that stand for all callers there are: for each representative account a session of some role and
 * some user, each service and identity provider that the policies name or whose claims they test, and one
 * of each that they do not.
 */
export function callerOutlines(
  documents: readonly PolicyDocument[],
  usage: KeyUsage,
  accounts: readonly RepresentativeAccount[],
  role: TargetRole,
): readonly CallerCase[] {
  const provider = `arn:${role.partition}:iam::${role.accountId}`;
  const claims = [...usage.values()].flatMap(({ name }) => issuerOfKey(name) ?? []);
  const services = named(documents, "Service", "unnamed.amazonaws.com");
  const federated = named(
    documents,
    "Federated",
    `${provider}:saml-provider/unnamed`,
    ...["unnamed.example.com", ...claims].map(
      (issuer) => builtInProvider(issuer)?.host ?? `${provider}:oidc-provider/${issuer}`,
    ),
  );
  return [
    ...accounts.map((account) => ({ kind: "role-session" as const, ...account })),
    ...accounts.map((account) => ({ kind: "user" as const, ...account })),
    ...services.map((service) => ({ kind: "service" as const, service })),
    ...federated.map((each) => ({
      kind: each.includes(":saml-provider/") ? ("saml" as const) : ("web-identity" as const),
      provider: each,
    })),
  ];
}

function named(
  documents: readonly PolicyDocument[],
  kind: "Service" | "Federated",
  ...unnamed: readonly string[]
): string[] {
  const names = new Set(unnamed);
  for (const { Principal, NotPrincipal } of documents.flatMap((document) => document.Statement)) {
    for (const element of [Principal, NotPrincipal]) {
      if (typeof element !== "object") continue;
      for (const value of valuesOf(element[kind])) if (!value.includes("*")) names.add(value);
    }
  }
  return [...names].sort();
}
