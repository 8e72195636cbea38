import { listNames } from "../../diagnostics/nearest";
import { quoteName } from "../../diagnostics/quote";
import { issuerOf } from "../../iam/arn";
import { mappedClaims } from "../../iam/federation/issuer-claims";
import { evaluateKey } from "../../iam/condition/evaluate-condition";
import { requestContext } from "../../iam/condition/request-context";
import { isMappedClaim } from "../../iam/federation/claim-key";
import type { Rule } from "../rule";
import type { RuleFinding } from "../rule-finding";
import type { DocumentContext } from "../rule-context";

export const mappedClaimsOnly: Rule = {
  id: "OI-09",
  severity: "warning",
  summary:
    "conditions test only claims that AWS supports as condition keys, which differ by issuer",
  why: "A claim that AWS does not pass on is missing in every call, so a trust policy that tests it allows nobody.",
  source:
    "IAM User Guide, reference_policies_iam-condition-keys (2026); Service Authorization Reference, list_awssecuritytokenservice",
  *inDocuments(context) {
    yield* writtenClaims(context);
  },
  *inMap(context) {
    for (const { wayIn } of context.entrancesOf("oidc")) {
      const { provider, claims } = wayIn.principal;
      const issuer = issuerOf(provider.url);
      const known = mappedClaims(issuer);
      for (const claim of claims.keys()) {
        if (known.includes(claim) || claim.includes(":")) continue; // rule OI-01
        yield {
          at: [...wayIn.at, "oidc", "claims", claim],
          atKey: true,
          message: `AWS documents no condition key for the claim ${quoteName(claim)} of ${issuer}, ${others(known)}`,
          help: known.length === 0 ? "remove it" : "test one of these, or the subject",
        };
      }
    }
  },
};

/** Claims in trust documents, and what comes of a test of a key that no call has. */
function* writtenClaims(context: DocumentContext): Generator<RuleFinding> {
  for (const { document, issuer, statement, tests } of context.tokens) {
    const known = mappedClaims(issuer);
    for (const { claim, key, operator, values, at } of tests) {
      if (isMappedClaim({ issuer, claim })) continue;
      const holds = evaluateKey(operator, key, values, requestContext({}), true).outcome;
      yield {
        at,
        document,
        atKey: true,
        message: `AWS documents no condition key for the claim ${quoteName(claim)} of ${issuer}, ${others(known)}: without it the ${holds === "match" ? "condition tests nothing" : `statement ${statement.Effect === "Deny" ? "denies" : "allows"} nobody`}`,
        help:
          holds === "match" || known.length === 0
            ? "remove it"
            : "test one of these, or the subject",
      };
    }
  }
}

function others(known: readonly string[]): string {
  return known.length === 0 ? "nor for others" : `only for ${listNames(known, 20)}`;
}
