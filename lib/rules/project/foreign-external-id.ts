import type { Rule } from "../rule";

export const foreignExternalId: Rule = {
  id: "foreign-external-id",
  severity: "warning",
  summary:
    "an external account passes an external ID; of a named user or role the map can accept that it does not",
  why: "An external ID keeps a vendor's other customers from using the role through the vendor. For the vendor's whole account it cannot be left out: an error while the map is read. A named user or role can be a person's, who switches roles in the console, which cannot pass one.",
  source: "IAM User Guide, id_roles_common-scenarios_third-party (ID-12)",
  *inMap(context) {
    for (const { wayIn } of context.entrancesOf("foreignAccount")) {
      const { principal, conditions, at } = wayIn;
      if (principal.entity === undefined || conditions.externalIds.length > 0) continue;
      yield {
        at,
        atKey: true,
        message: `\`${principal.entity}\` of ${principal.accountId} assumes the role without an external ID (ID-12)`,
        help: "add `externalId:` if a vendor acts for several customers; if only this user or role is meant, accept the finding",
      };
    }
  },
};
