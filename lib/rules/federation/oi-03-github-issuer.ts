import type { OidcProvider } from "../../account-map/model/principal";
import { issuerOf } from "../../iam/arn";
import type { Rule } from "../rule";
import type { MapContext } from "../rule-context";

export const githubIssuer: Rule = {
  id: "OI-03",
  severity: "error",
  summary: "the issuer of GitHub Actions is token.actions.githubusercontent.com",
  why: "An example in the AWS documentation has another spelling: no token comes from it.",
  source: "IAM User Guide, reference_policies_elements_principal and id_roles_create_for-idp_oidc",
  *inMap(context) {
    for (const { key, url } of usedProviders(context)) {
      const [host = ""] = issuerOf(url).toLowerCase().split("/");
      if (!host.endsWith("githubusercontent.com") || host === ISSUER) continue;
      yield {
        at: ["identityProviders", key, "oidc", "url"],
        message: `GitHub Actions has the issuer \`${ISSUER}\`, got \`${host}\``,
        help: `write \`https://${ISSUER}\`, or use \`githubActions:\` without a provider`,
      };
    }
  },
};

const ISSUER = "token.actions.githubusercontent.com";

/** The OIDC providers that some principal trusts, each once. */
function usedProviders(context: MapContext): readonly OidcProvider[] {
  const providers = context.entrances.flatMap(({ wayIn: { principal } }) =>
    principal.kind === "oidc" || principal.kind === "githubActions" ? [principal.provider] : [],
  );
  return [...new Map(providers.map((provider) => [provider.key, provider])).values()];
}
