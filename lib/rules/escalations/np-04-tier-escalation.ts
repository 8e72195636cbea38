import type { Acknowledgement } from "../../account-map/model/acknowledgement";
import type { RolePlan } from "../../plan/resolved-access";
import { escalationFinding, isLowTier } from "./escalation-finding";
import { readOnlySpoke } from "../project/read-only";
import type { Rule } from "../rule";

export const tierEscalation: Rule = {
  id: "NP-04",
  severity: "error",
  summary: "a hub, or a read-only role, cannot gain permissions",
  why: "Everyone starts at a hub, and nobody looks twice at a read-only role: if these can gain permissions, the tiers of access exist only by name.",
  source: "rules N1 to N4",
  *inPlan(context) {
    const { map } = context;
    for (const escalation of context.escalations) {
      if (!isLowTier(escalation)) continue;
      const { role } = escalation;
      if (role.kind === "hub") {
        yield escalationFinding(escalation, "is a hub and ");
      } else if (map.acknowledgements.some((each) => acceptsWriting(each, role))) {
        // Every way up is more than reading: without that acknowledgement, read-only reports it.
        yield escalationFinding(escalation, "is for reading and ");
      }
    }
  },
};

function acceptsWriting({ rule, place }: Acknowledgement, { at }: RolePlan): boolean {
  const within = place.every((key, index) => index >= at.length || key === String(at[index]));
  return rule === readOnlySpoke.id && within;
}
