import { samlAudience } from "../../iam/partition";
import { formatAccounts } from "../facts/accounts-in-words";
import type { Rule } from "../rule";

export const samlAudienceKnown: Rule = {
  id: "SA-01",
  severity: "error",
  summary: "a trust policy for SAML tests the audience of its partition's sign-in",
  why: "Without it the role accepts assertions made for anyone else. AWS does not publish the audience of the isolated partitions.",
  source: "IAM User Guide, id_roles_create_for-idp_saml",
  *inMap(context) {
    for (const { wayIn, accounts } of context.entrancesOf("saml")) {
      const { attributes } = wayIn.principal;
      if ([...attributes.keys()].some((key) => key.toLowerCase() === "saml:aud")) continue;
      const unknown = accounts.filter(({ partition }) => samlAudience(partition) === undefined);
      const [first] = unknown;
      if (first === undefined) continue;
      yield {
        at: [...wayIn.at, "saml"],
        atKey: true,
        message: `the audience of assertions in \`${first.partition}\`, the partition of ${formatAccounts(unknown)}, is not known here, and no condition tests it`,
        help: "add `attributes: {SAML:aud: ...}` with the sign-in address of the partition",
      };
    }
  },
};
