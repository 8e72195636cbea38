import type { Rule } from "../rule";

export const externalIdOfPeople: Rule = {
  id: "TR-19",
  severity: "warning",
  summary:
    "a role that people assume requires no external ID, and one that services or tokens assume never can",
  why: "The console cannot pass an external ID, so nobody can switch to the role there. Services, OIDC and SAML cannot pass one at all, which is an error in the map.",
  source: "IAM User Guide, id_roles_use_switch-role-console",
  *inMap(context) {
    for (const { wayIn } of context.entrances) {
      const { principal, conditions, at } = wayIn;
      if (conditions.externalIds.length === 0) continue;
      const people =
        principal.kind === "permissionSet" ||
        (principal.kind === "user" && conditions.mfa !== undefined);
      if (!people) continue;
      yield {
        at: [...at, "externalId"],
        atKey: true,
        message:
          "people assume this role, and the console can't pass an external ID: Switch Role would fail",
        help: "remove `externalId:`; the permission set or user is pinned already",
      };
    }
  },
};
