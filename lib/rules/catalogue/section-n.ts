import { boundaryTampering } from "../boundary-tampering";
import { existingComputeEscalation } from "../existing-compute-escalation";
import { hubAssumesEverything } from "../hub-assumes-everything";
import { managedPolicyPathRule } from "../managed-policy-path";
import { misleadingManagedPolicy } from "../misleading-managed-policy";
import { passRoleEscalation } from "../pass-role-escalation";
import { managedPolicyAccount } from "../permissions/managed-policy-account";
import { readsDataLabel } from "../reads-data-label";
import type { CatalogueEntry } from "../rule";
import { singleActionEscalation } from "../single-action-escalation";
import { tierEscalation } from "../tier-escalation";
import { tierOrder } from "../tier-order";
import { unknownManagedPolicy } from "../unknown-managed-policy";

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
