import { findingsBySection } from "./escalation-finding";
import type { Rule } from "../rule";

export const passRoleEscalation: Rule = {
  id: "N2",
  severity: "warning",
  summary: "no role can pass any role to something that it starts",
  why: "What is started, an instance, a function, a task or a job, runs the caller's code with the permissions of the role that was passed, up to the most powerful one of the account.",
  source: "RhinoSecurityLabs, AWS-IAM-Privilege-Escalation; salesforce/cloudsplaining",
  check: (input) => findingsBySection(input, "N2"),
};
