import { boundaryTampering } from "./n4-boundary-tampering";
import { existingComputeEscalation } from "./n3-existing-compute-escalation";
import { hubAssumesEverything } from "./np-03-hub-assumes-everything";
import { managedPolicyPathRule } from "./np-01-managed-policy-path";
import { misleadingManagedPolicy } from "./n5-misleading-managed-policy";
import { passRoleEscalation } from "./n2-pass-role-escalation";
import { managedPolicyAccount } from "./np-06-managed-policy-account";
import { readsDataLabel } from "./np-02-reads-data-label";
import type { CatalogueEntry } from "../rule";
import { singleActionEscalation } from "./n1-single-action-escalation";
import { tierEscalation } from "./np-04-tier-escalation";
import { tierOrder } from "./np-05-tier-order";
import { unknownManagedPolicy } from "./unknown-managed-policy";

/** Section N: permissions that escalate, and AWS managed policies. */
export const SECTION_N: readonly CatalogueEntry[] = [
  { status: "checked", rule: singleActionEscalation },
  { status: "checked", rule: passRoleEscalation },
  { status: "checked", rule: existingComputeEscalation },
  { status: "checked", rule: boundaryTampering },
  { status: "checked", rule: misleadingManagedPolicy },
  { status: "checked", rule: managedPolicyPathRule },
  { status: "checked", rule: readsDataLabel },
  { status: "checked", rule: hubAssumesEverything },
  { status: "checked", rule: tierEscalation },
  { status: "checked", rule: tierOrder },
  { status: "checked", rule: unknownManagedPolicy },
  { status: "checked", rule: managedPolicyAccount },
];
