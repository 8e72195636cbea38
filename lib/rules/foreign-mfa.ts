import { entrancesOf } from "./entrance";
import type { Rule } from "./rule";

export const foreignMfa: Rule = {
  id: "CK-17",
  severity: "info",
  summary: "multi-factor authentication of a foreign account is known to be that account's word",
  why: "The administrators of an account register the devices of its users: the condition keeps out their users, not them. FIDO keys do not work for it at all.",
  source: "IAM User Guide, id_credentials_mfa_configure-api-require",
  *check({ map }) {
    for (const { wayIn } of entrancesOf(map, "foreignAccount")) {
      if (wayIn.conditions.mfa === undefined) continue;
      yield {
        at: [...wayIn.at, "mfa"],
        atKey: true,
        message: `the administrators of ${wayIn.principal.accountId} decide who has MFA there`,
        help: "rely on the external id, and on `role:` or `user:`",
      };
    }
  },
};
