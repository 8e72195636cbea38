import type { Rule } from "../rule";

export const foreignMfa: Rule = {
  id: "CK-17",
  severity: "info",
  summary: "MFA in an external account depends on that account's administrators",
  why: "The administrators of an account register its users' devices: the condition stops their users, not them. FIDO keys do not work for it.",
  source: "IAM User Guide, id_credentials_mfa_configure-api-require",
  *inMap(context) {
    for (const { wayIn } of context.entrancesOf("foreignAccount")) {
      if (wayIn.conditions.mfa === undefined) continue;
      yield {
        at: [...wayIn.at, "mfa"],
        atKey: true,
        message: `the administrators of ${wayIn.principal.accountId} decide who has MFA there`,
        help: "rely on the external ID, and on `role:` or `user:`",
      };
    }
  },
};
