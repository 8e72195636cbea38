import { terraformText } from "../terraform-value";
import type { PlanEntry } from "./plan-entries";

/**
 * ARNs of the roles and users that a plan destroys, makes anew or renames. Whoever has such an ARN then is
 * not whom the trust policies that are saved by now let in (rule TR-10).
 */
export function givenUpArns(entries: readonly PlanEntry[]): readonly string[] {
  return entries.flatMap(({ action, before, after }): string[] => {
    if (before?.type !== "aws_iam_role" && before?.type !== "aws_iam_user") return [];
    const arn = terraformText(before.attributes.arn);
    if (arn.kind !== "text") return [];
    const isRenamed =
      action === "update" &&
      ["name", "path"].some((each) => before.attributes[each] !== after?.attributes[each]);
    return action === "delete" || action === "replace" || isRenamed ? [arn.text] : [];
  });
}
