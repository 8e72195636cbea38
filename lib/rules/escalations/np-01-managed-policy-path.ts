import { managedPolicyPath } from "../../iam/managed-policy";
import { managedName } from "../facts/managed-document";
import { managedReferences } from "./managed-reference";
import type { Rule } from "../rule";

export const managedPolicyPathRule: Rule = {
  id: "NP-01",
  severity: "error",
  summary: "an AWS managed policy is written with its exact path",
  why: "The path is part of the ARN: policy/ViewOnlyAccess does not exist, policy/job-function/ViewOnlyAccess does, and IAM rejects a policy that does not exist.",
  source: "AWS Managed Policy Reference",
  refused: true,
  *inMap({ map }) {
    for (const { name, at } of managedReferences(map)) {
      const right = managedPolicyPath(managedName(name));
      if (right === undefined || right === managedPolicyPathOf(name)) continue;
      const full = `${right.slice(1)}${managedName(name)}`;
      yield {
        at,
        message: `there is no AWS managed policy \`${name}\`, the one of that name is \`${full}\``,
        help: `write \`${full}\``,
      };
    }
  },
};

/** The path of an AWS managed policy as the map writes it: `/` or what is before its name (rule NP-01). */
function managedPolicyPathOf(reference: string): string {
  const cut = reference.lastIndexOf("/");
  return cut < 0 ? "/" : `/${reference.slice(0, cut)}/`;
}
