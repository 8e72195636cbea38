import { findingsBySection } from "./escalation-finding";
import type { Rule } from "./rule";

export const singleActionEscalation: Rule = {
  id: "N1",
  severity: "warning",
  summary: "no role has an action that gains permissions by itself, on things that nobody named",
  why: "Whoever may attach a policy to any role, make a key for any user, change any function's code or assume any role is an administrator in fact, whatever the role is called.",
  source: "RhinoSecurityLabs, AWS-IAM-Privilege-Escalation; salesforce/cloudsplaining",
  check: (input) => findingsBySection(input, "N1"),
};
