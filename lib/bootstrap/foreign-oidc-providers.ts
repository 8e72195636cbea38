import type { OidcProvider } from "../account-map/model/principal";
import { issuerOf } from "../iam/arn";
import { builtInProvider } from "../iam/federation/built-in-provider";
import type { ResolvedAccess, AccountPlan } from "../plan/resolved-access";
import { byTextOf } from "../values/order";

/** Providers that roles of an account trust and that Terraform does not create (rule OI-02). */
export function foreignOidcProviders(
  { account }: AccountPlan,
  { edges }: ResolvedAccess,
): OidcProvider[] {
  const providers = new Map<string, OidcProvider>();
  for (const { from, toAccount } of edges) {
    if (from.kind !== "principal" || toAccount !== account) continue;
    const { principal } = from.wayIn;
    if (principal.kind !== "githubActions" && principal.kind !== "oidc") continue;
    if (builtInProvider(issuerOf(principal.provider.url)) !== undefined) continue;
    if (!principal.provider.create) providers.set(principal.provider.key, principal.provider);
  }
  return [...providers.values()].sort(byTextOf(({ key }) => key));
}
