import { findingsBySection } from "./escalation-finding";
import type { Rule } from "../rule";

export const boundaryTampering: Rule = {
  id: "N4",
  severity: "warning",
  summary: "no role can remove boundaries or add identity providers",
  why: "Without its boundary a role has everything that its policies allow, and a new identity provider or trust anchor allows people who are not in the map.",
  source: "aws-samples/data-perimeter-policy-examples, restrict_idp_configurations_scp",
  check: (input) => findingsBySection(input, "N4"),
};
