import { findingsBySection } from "./escalation-finding";
import type { Rule } from "../rule";

export const singleActionEscalation: Rule = {
  id: "N1",
  severity: "warning",
  summary: "no role has an action that gains permissions by itself on unlimited resources",
  why: "Anyone who can attach a policy to any role, create a key for any user, change any function's code or assume any role is in fact an administrator, whatever the role's name.",
  source: "RhinoSecurityLabs, AWS-IAM-Privilege-Escalation; salesforce/cloudsplaining",
  check: (input) => findingsBySection(input, "N1"),
};
