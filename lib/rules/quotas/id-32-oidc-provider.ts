import { issuerOf } from "../../iam/arn";
import type { OidcProvider } from "../../account-map/model/principal";
import type { Path } from "../../source/source";
import type { Rule } from "../rule";

/** Audiences of one provider (rule ID-32). */
const MOST_AUDIENCES = 100;

export const oidcProvider: Rule = {
  id: "ID-32",
  severity: "error",
  summary:
    "an OIDC provider has an `https://` URL without port and query, which no other one of the account has, and at most 100 audiences",
  why: "IAM rejects a second provider for a URL: EntityAlreadyExists.",
  source: "botocore, iam CreateOpenIDConnectProvider",
  refused: true,
  *inPlan({ plan }) {
    const reported = new Set<string>();
    for (const { account, oidcProviders } of plan.accounts) {
      const first = new Map<string, OidcProvider>();
      for (const provider of oidcProviders) {
        const { key, url, audiences } = provider;
        const issuer = issuerOf(url).toLowerCase();
        const earlier = first.get(issuer);
        if (earlier === undefined) first.set(issuer, provider);
        if (reported.has(key)) continue;
        if (earlier !== undefined) {
          reported.add(key);
          yield {
            at: urlOf(key),
            message: `the account \`${account.key}\` gets two providers of the URL ${url}: \`${earlier.key}\` and \`${key}\``,
            help: `keep one, with the audiences of both`,
            related: { path: urlOf(earlier.key), message: "first one here" },
          };
        }
        if (audiences.length > MOST_AUDIENCES) {
          reported.add(key);
          yield {
            at: ["identityProviders", key, "oidc", "audiences"],
            atKey: true,
            message: `a provider has at most ${MOST_AUDIENCES} audiences, got ${audiences.length}`,
          };
        }
      }
    }
  },
};

function urlOf(key: string): Path {
  return ["identityProviders", key, "oidc", "url"];
}
