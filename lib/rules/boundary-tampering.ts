import { findingsBySection } from "./escalation-finding";
import type { Rule } from "./rule";

export const boundaryTampering: Rule = {
  id: "N4",
  severity: "warning",
  summary: "no role can take away boundaries or add identity providers",
  why: "Without its boundary a role has all that its policies say, and a new identity provider or trust anchor lets in people whom nobody in the map decided on.",
  source: "aws-samples/data-perimeter-policy-examples, restrict_idp_configurations_scp",
  check: (input) => findingsBySection(input, "N4"),
};
