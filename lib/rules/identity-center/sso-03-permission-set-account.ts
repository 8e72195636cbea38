import type { Rule } from "../rule";

export const permissionSetAccount: Rule = {
  id: "SSO-03",
  severity: "warning",
  summary:
    "a permission set is named in the account where it is provisioned, not where Identity Center is managed",
  why: "People call from the account that they are assigned to: a trust policy that names another account allows nobody.",
  source: "IAM User Guide, reference_policies_elements_principal",
  *inMap(context) {
    const management = new Map(
      [...context.map.accounts.values()]
        .filter((each) => each.management)
        .map((each) => [each.id, each]),
    );
    for (const { wayIn, accounts } of context.entrancesOf("permissionSet")) {
      const { account } = wayIn.principal;
      const named = [...management.values()].find(({ id }) => id === account?.id);
      if (named === undefined || accounts.includes(named)) continue;
      yield {
        at: [...wayIn.at, "permissionSet", "account"],
        message: `\`${named.key}\` is the management account: Identity Center is managed there, but people call from the account that they are assigned to`,
        help: "name the account with the assignment; if it is this one, accept the finding with the reason",
      };
    }
  },
};
