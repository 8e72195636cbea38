import type { OidcPrincipal } from "../../account-map/model/principal";
import type { Callers, Requirement } from "./requirement";
import { merge, matching } from "./requirement";

/** How AWS names what is in the tokens of the providers that it knows itself, beside those of an account. */
const BUILT_IN: ReadonlyMap<string, { readonly user: string; readonly audience: string }> = new Map(
  Object.entries({
    "accounts.google.com": { user: "sub", audience: "oaud" },
    "cognito-identity.amazonaws.com": { user: "sub", audience: "aud" },
    "graph.facebook.com": { user: "id", audience: "app_id" },
    "www.amazon.com": { user: "user_id", audience: "app_id" },
  }),
);

/**
 * Whom a way in of kind `oidc` lets in: whoever has a token with these claims, under the keys that AWS
 * documents for them. Written without the code that generates trust policies, so that a mistake there is
 * not made twice.
 *
 * Source: IAM User Guide, reference_policies_iam-condition-keys: the key `aud` is the claim `azp` where a
 * token has it, `oaud` is always the claim `aud`; of Cognito's `amr` one value is enough.
 *
 * @param providerOf what the provider of an issuer is called in the role's account
 */
export function declaredToken(
  { provider, subjects, audiences, claims }: OidcPrincipal,
  providerOf: (issuer: string) => string,
): Callers {
  const issuer = provider.url.replace("https://", "").replace(/\/$/, "");
  const host = issuer.toLowerCase();
  const builtIn = BUILT_IN.get(host);
  const prefix = builtIn === undefined ? issuer : host;
  const user = `${prefix}:${builtIn?.user ?? "sub"}`;
  const party = claims.get("azp");
  const audience = party === undefined ? (builtIn?.audience ?? "aud") : "oaud";
  const further = [...claims].flatMap(([claim, values]): Requirement[] => {
    if (claim === "azp") return [];
    if (claim === "amr") return [{ "ForAnyValue:StringLike": { [`${prefix}:amr`]: values } }];
    return [matching(`${prefix}:${claim}`, values)];
  });
  return {
    principal: { Federated: builtIn === undefined ? providerOf(issuer) : host },
    action: "sts:AssumeRoleWithWebIdentity",
    binding: merge(
      matching(user, subjects),
      { StringEquals: { [`${prefix}:${audience}`]: audiences } },
      party === undefined ? {} : matching(`${prefix}:aud`, party),
      ...further,
    ),
  };
}
