import { escalationRules } from "./n1-n2-n3-n4-escalations";
import { hubAssumesEverything } from "./np-03-hub-assumes-everything";
import { managedPolicyPathRule } from "./np-01-managed-policy-path";
import { misleadingManagedPolicy } from "./n5-misleading-managed-policy";
import { managedPolicyAccount } from "./np-06-managed-policy-account";
import { readsDataLabel } from "./np-02-reads-data-label";
import type { Section } from "../rule";
import { tierEscalation } from "./np-04-tier-escalation";
import { tierOrder } from "./np-05-tier-order";
import { unknownManagedPolicy } from "./unknown-managed-policy";

export const ESCALATIONS: Section = {
  title: "Permissions that escalate, and AWS managed policies",
  entries: [
    ...escalationRules.map((rule) => ({ status: "checked" as const, rule })),
    { status: "checked", rule: misleadingManagedPolicy },
    { status: "checked", rule: managedPolicyPathRule },
    { status: "checked", rule: readsDataLabel },
    { status: "checked", rule: hubAssumesEverything },
    { status: "checked", rule: tierEscalation },
    { status: "checked", rule: tierOrder },
    { status: "checked", rule: unknownManagedPolicy },
    { status: "checked", rule: managedPolicyAccount },
  ],
};
