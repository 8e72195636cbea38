import type { Rule } from "../rule";
import type { FindingFacts } from "../../diagnostics/findings/finding-facts";
import type { RuleId } from "../../diagnostics/findings/finding-id";
import { escalationFinding, isLowTier } from "./escalation-finding";

const RHINO = "RhinoSecurityLabs, AWS-IAM-Privilege-Escalation";

const FACTS: readonly FindingFacts<RuleId>[] = [
  {
    id: "N1",
    summary: "no role has an action that gains permissions by itself on unlimited resources",
    why: "Anyone who can attach a policy to any role, create a key for any user, change any function's code or assume any role is in fact an administrator, whatever the role's name.",
    source: `${RHINO}; salesforce/cloudsplaining`,
  },
  {
    id: "N2",
    summary: "no role can pass any role to something that it starts",
    why: "What is started, an instance, a function, a task or a job, runs the caller's code with the permissions of the role that was passed, up to the most powerful one of the account.",
    source: `${RHINO}; salesforce/cloudsplaining`,
  },
  {
    id: "N3",
    summary: "no role can run commands on any instance, task or stack that exists",
    why: "Existing compute already has a role: anyone who gets a shell on it, or changes its startup code, gets that role.",
    source: `DataDog, pathfinding.cloud; ${RHINO}`,
  },
  {
    id: "N4",
    summary: "no role can remove boundaries or add identity providers",
    why: "Without its boundary a role has everything that its policies allow, and a new identity provider or trust anchor allows people who are not in the map.",
    source: "aws-samples/data-perimeter-policy-examples, restrict_idp_configurations_scp",
  },
];

/**
 * No role can gain permissions. A role that can is reported once, under the rule of its first way, with
 * all its ways; hubs and roles that only read are left to rule NP-04.
 */
export const escalationRules: readonly Rule[] = FACTS.map((facts) => ({
  ...facts,
  severity: "warning",
  *inPlan(context) {
    for (const escalation of context.escalations) {
      if (isLowTier(escalation) || escalation.found[0]?.section !== facts.id) continue;
      yield escalationFinding(escalation);
    }
  },
}));
