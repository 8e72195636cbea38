import { refusedTargets } from "./declared-target";
import type { Rule } from "../rule";
import { placeIn } from "../facts/written-statement";

export const selfAssumption: Rule = {
  id: "TR-07",
  severity: "warning",
  summary: "a role with permission to assume itself trusts itself",
  why: "Since 2023 a role must be allowed by its own trust policy to assume itself, like any other caller.",
  source: "AWS Security Blog, Announcing an update to IAM role trust policy behavior",
  *inPlan(context) {
    for (const { written, entry, holderArn, target, path } of refusedTargets(context)) {
      if (target.arn !== holderArn) continue;
      const { roleName, path: home, at } = entry.settings;
      const itself = `role: {name: ${roleName}${home === "/" ? "" : `, path: ${home}`}}`;
      const letIn = `, or add a principal \`${itself}\` to \`${at.join(".")}.principals\``;
      yield {
        ...placeIn(written, ...path),
        message: `this lets \`${roleName}\` assume itself, but it doesn't trust itself`,
        help: `remove the ARN${entry.kind === "chain" ? "" : letIn}`,
      };
    }
  },
};
