import { refusedTargets } from "./declared-target";
import type { Rule } from "../rule";
import { placeIn } from "../facts/written-statement";

export const permissionWithoutTrust: Rule = {
  id: "TR-06",
  severity: "warning",
  summary:
    "a permission to assume a role in this map has its other side in that role's trust policy",
  why: "A role's trust policy must always allow it: the caller's permission is never enough, not even within an account.",
  source: "IAM User Guide, reference_policies_evaluation-logic_policy-eval-denyallow",
  *inPlan(context) {
    for (const { written, entry, holderArn, target, path } of refusedTargets(context)) {
      if (target.arn === holderArn) continue; // rule TR-07
      yield {
        ...placeIn(written, ...path),
        message: `this lets \`${entry.settings.roleName}\` assume ${target.arn}, a role in this map that doesn't trust it`,
        help: "remove the ARN, or declare the access in the map to generate both sides",
      };
    }
  },
};
