import { listNames } from "../../diagnostics/nearest";
import type { RolePlan } from "../../plan/resolved-access";
import type { Rule } from "../rule";
import type { PlanContext } from "../rule-context";
import { writtenConditions } from "../facts/written-condition";

export const sessionRevocation: Rule = {
  id: "TB-03",
  severity: "warning",
  summary:
    "a role whose older sessions are revoked assumes only roles whose older sessions are revoked, too",
  why: "Revocation ends the sessions of one role; the sessions that they opened in other roles stay valid.",
  source: "IAM User Guide, id_roles_use_revoke-sessions; the chain is an inference",
  *inPlan(context) {
    const revoking = revokingEntries(context);
    if (revoking.size === 0) return;
    const left = new Map<string, { readonly role: RolePlan; readonly targets: Set<string> }>();
    for (const { from, to } of context.plan.edges) {
      if (from.kind !== "role" || revoking.has(to.at.join("\n"))) continue;
      const key = from.role.at.join("\n");
      if (!revoking.has(key)) continue;
      const entry = left.get(key) ?? { role: from.role, targets: new Set<string>() };
      entry.targets.add(to.name);
      left.set(key, entry);
    }
    for (const { role, targets } of left.values()) {
      yield {
        at: [...role.at, "permissions"],
        atKey: true,
        message: `older sessions of \`${role.name}\` are revoked, but the sessions they opened in ${listNames(targets)} stay valid`,
        help: `give ${targets.size === 1 ? "that role" : "those roles"} the same denial`,
      };
    }
  },
};

/** Entries, by their place, that deny something to sessions of before a moment. */
function revokingEntries(context: PlanContext): ReadonlySet<string> {
  const revoking = new Set<string>();
  for (const { written, line } of writtenConditions(
    context.statements,
    (key) => key === "aws:tokenissuetime",
  )) {
    const { family, comparison } = line.operator;
    if (written.statement.Effect !== "Deny" || family !== "Date") continue;
    if (comparison !== "less" && comparison !== "less-equals") continue;
    for (const { entry, use } of written.holders) {
      if (use === "permissions") revoking.add(entry.settings.at.join("\n"));
    }
  }
  return revoking;
}
