import type { Rule } from "../rule";

export const claimName: Rule = {
  id: "OI-01",
  severity: "error",
  summary: "a claim is written without its issuer, which trustwheel adds",
  why: "The condition key of a claim is the issuer without `https://`, with its path, a colon and the claim: with the issuer twice the key never exists.",
  source: "IAM User Guide, reference_policies_iam-condition-keys",
  *inMap(context) {
    for (const { wayIn } of context.entrancesOf("oidc")) {
      for (const claim of wayIn.principal.claims.keys()) {
        if (!claim.includes(":")) continue;
        const name = claim.slice(claim.lastIndexOf(":") + 1);
        yield {
          at: [...wayIn.at, "oidc", "claims", claim],
          atKey: true,
          message: `a claim is written without its issuer, which trustwheel adds, got \`${claim}\``,
          help: /^[\w./-]+$/.test(name) ? `write \`${name}:\`` : "write only the claim's name",
        };
      }
    }
  },
};
