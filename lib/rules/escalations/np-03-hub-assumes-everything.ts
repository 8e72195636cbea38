import { managedDocument, managedName } from "../facts/managed-document";
import { assumesEveryRole } from "../facts/role-escalations";
import type { Rule } from "../rule";

export const hubAssumesEverything: Rule = {
  id: "NP-03",
  severity: "error",
  summary: "a hub has no managed policy that lets it assume every role",
  why: "The hub can then assume every role that trusts it, and the permission that lists exactly its spokes has no effect. PowerUserAccess and AdministratorAccess both allow it.",
  source: "AWS managed policies PowerUserAccess v12 and AdministratorAccess v1",
  *inPlan({ plan }) {
    for (const { account, roles } of plan.accounts) {
      for (const role of roles) {
        if (role.kind !== "hub") continue;
        for (const { arn, at } of role.policies.managed) {
          const document = managedDocument(arn);
          if (document === undefined || !assumesEveryRole(document, role, account.region)) continue;
          yield {
            at,
            message: `\`${managedName(arn)}\` lets the hub \`${role.name}\` assume every role that trusts it, not only its spokes`,
            help: "remove it from the hub; for work in the hub's account, add a spoke there",
          };
        }
      }
    }
  },
};
