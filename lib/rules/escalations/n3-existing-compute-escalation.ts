import { findingsBySection } from "./escalation-finding";
import type { Rule } from "../rule";

export const existingComputeEscalation: Rule = {
  id: "N3",
  severity: "warning",
  summary: "no role can run commands on any instance, task or stack that exists",
  why: "Existing compute already has a role: anyone who gets a shell on it, or changes its startup code, gets that role.",
  source: "DataDog, pathfinding.cloud; RhinoSecurityLabs, AWS-IAM-Privilege-Escalation",
  check: (input) => findingsBySection(input, "N3"),
};
