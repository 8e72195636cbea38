import type { Account } from "../../account-map/model/account-map";
import type { RolePlan } from "../../plan/resolved-access";
import { formatAccounts } from "../facts/accounts-in-words";
import type { Rule } from "../rule";

export const instanceProfileRole: Rule = {
  id: "ID-26",
  severity: "error",
  summary: "an instance profile contains one role",
  why: "IAM rejects a second role in a profile; the limit cannot be raised.",
  source: "IAM User Guide, id_roles_use_switch-role-ec2_instance-profiles",
  refused: true,
  *inPlan({ plan }) {
    const found = new Map<
      string,
      { first: RolePlan; second: RolePlan; name: string; accounts: Account[] }
    >();
    for (const { account, roles } of plan.accounts) {
      const carriers = new Map<string, RolePlan>();
      for (const role of roles) {
        for (const name of role.instanceProfiles) {
          const first = carriers.get(name) ?? role;
          carriers.set(name, first);
          if (first === role) continue;
          const key = [name, ...first.at, "", ...role.at].join("\n");
          const known = found.get(key) ?? { first, second: role, name, accounts: [] };
          known.accounts.push(account);
          found.set(key, known);
        }
      }
    }
    for (const { first, second, name, accounts } of found.values()) {
      yield {
        at: second.at,
        atKey: true,
        message: `the instance profile \`${name}\` in ${formatAccounts(accounts)} would contain two roles, \`${first.name}\` and \`${second.name}\``,
        help: "give each role its own profile, or let one role assume the other",
        related: { path: first.at, message: "first one here" },
      };
    }
  },
};
