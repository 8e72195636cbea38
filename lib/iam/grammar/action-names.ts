import { valuesOf } from "../policy-document";
import type { PolicyPath, StatementShape } from "../policy-shape";
import { quoted } from "./finding";
import type { GrammarFinding } from "./finding";
import { holdsParameter } from "./parameters";
import type { PolicyKind } from "./policy-kind";

/** An action is everything, or a service prefix without wildcards, a colon and a name: IAM rejects others. */
export function* actionNames(
  statement: StatementShape,
  at: PolicyPath,
  kind: PolicyKind,
): Iterable<GrammarFinding> {
  if (kind === "trust") return; // only a few actions are allowed there: trust-actions.ts
  for (const element of ["Action", "NotAction"] as const) {
    for (const [index, action] of valuesOf(statement[element]).entries()) {
      if (ACTION.test(action) || holdsParameter(action) || action.includes("${")) continue;
      yield {
        rule: "action-name",
        at: [...at, element, index],
        message: `an action must be \`*\` or a service prefix, a colon and a name such as \`s3:GetObject\`, got ${quoted(action)}`,
      };
    }
  }
}

const ACTION = /^(?:\*(?::\*)?|[A-Za-z0-9-]+:[A-Za-z0-9*?-]+)$/;
