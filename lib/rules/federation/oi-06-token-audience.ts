import type { Path } from "../../source/source";
import { issuerOf } from "../../iam/arn";
import { usualAudience } from "../../iam/federation/usual-audience";
import type { Rule } from "../rule";
import type { MapContext } from "../rule-context";

export const tokenAudience: Rule = {
  id: "OI-06",
  severity: "error",
  summary: "the audience is the one in the issuer's tokens, written in full",
  why: "The audience is compared letter by letter: another one, or a wildcard, and no token is ever accepted.",
  source: "IAM User Guide, id_roles_create_for-idp_oidc; HashiCorp, workload identity tokens",
  *inMap(context) {
    for (const { at, issuer, audiences } of usedAudiences(context)) {
      const open = audiences.find((audience) => /[*?]/.test(audience));
      if (open !== undefined) {
        yield {
          at,
          message: `an audience is compared as it is, without wildcards, got ${JSON.stringify(open)}`,
          help: "write the audiences in the tokens, each in full",
        };
        continue;
      }
      const usual = usualAudience(issuer)?.audience;
      if (usual === undefined || audiences.some((audience) => audience !== FOR_STS)) continue;
      yield {
        at,
        message: `tokens of ${issuer} have the audience \`${usual}\`, got \`${FOR_STS}\``,
        help: `write \`audiences: [${usual}]\` at the provider`,
      };
    }
  },
};

/** What the map takes where it names no audience. */
const FOR_STS = "sts.amazonaws.com";

interface UsedAudiences {
  readonly at: Path;
  readonly issuer: string;
  readonly audiences: readonly string[];
}

/** The audiences of every principal, once where the provider gives them. */
function* usedAudiences(context: MapContext): Generator<UsedAudiences> {
  const seen = new Set<string>();
  for (const { wayIn } of context.entrances) {
    const { principal, at } = wayIn;
    if (principal.kind !== "oidc" && principal.kind !== "githubActions") continue;
    const { provider } = principal;
    const issuer = issuerOf(provider.url).toLowerCase();
    if (principal.kind === "oidc" && principal.audiences !== provider.audiences) {
      yield { at: [...at, "oidc", "audience"], issuer, audiences: principal.audiences };
    } else if (!seen.has(provider.key)) {
      seen.add(provider.key);
      const path = ["identityProviders", provider.key, "oidc", "audiences"];
      yield { at: path, issuer, audiences: provider.audiences };
    }
  }
}
