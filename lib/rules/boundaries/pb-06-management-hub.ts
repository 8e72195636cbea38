import type { Rule } from "../rule";

export const managementHub: Rule = {
  id: "PB-06",
  severity: "warning",
  summary: "roles that can assume roles in other accounts are outside the management account",
  why: "No service control policy binds the management account: what limits every other caller of the organization does not limit these.",
  source: "AWS Organizations User Guide, orgs_manage_policies_scps",
  *inMap(context) {
    for (const { kind, settings, accounts } of context.entries) {
      const management = kind === "spoke" ? undefined : accounts.find((each) => each.management);
      if (management === undefined) continue;
      yield {
        at: [...settings.at, "account"],
        message: `\`${settings.roleName}\` is in the management account \`${management.key}\`, where SCPs don't apply`,
        help: "move it to its own account; if it must be here, accept the finding with a reason",
      };
    }
  },
};
