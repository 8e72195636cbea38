import { entrancesOf } from "./entrance";
import type { Rule } from "./rule";

export const wholeAccount: Rule = {
  id: "TR-13",
  severity: "warning",
  summary: "a way in names users, roles or permission sets, not a whole account",
  why: "The root of an account as a principal is not its root user: it is every user and role that an administrator of that account permits, today and later.",
  source: "IAM User Guide, reference_policies_elements_principal",
  *check({ map }) {
    for (const { wayIn } of entrancesOf(map, "account")) {
      yield {
        at: [...wayIn.at, "account"],
        atKey: true,
        message:
          "every user and role of the account may enter that somebody there permits to assume roles",
        help: "use `role:`, `user:` or `permissionSet:` with a name",
        acceptable: true,
      };
    }
  },
};
