import type { Rule } from "../rule";

export const wholeAccount: Rule = {
  id: "TR-13",
  severity: "warning",
  summary: "a principal names users, roles or permission sets, not a whole account",
  why: "An account's root as a principal is not its root user: it is every user and role that an administrator of that account allows, now and later.",
  source: "IAM User Guide, reference_policies_elements_principal",
  *inMap(context) {
    for (const { wayIn } of context.entrancesOf("account")) {
      yield {
        at: [...wayIn.at, "account"],
        atKey: true,
        message:
          "any user or role in the account that is allowed to assume roles can assume this one",
        help: "use `role:`, `user:` or `permissionSet:` with a name",
        acceptable: true,
      };
    }
  },
};
