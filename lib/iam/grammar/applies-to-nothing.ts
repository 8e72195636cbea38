import { valuesOf } from "../policy-document";
import type { PolicyPath, StatementShape } from "../policy-shape";
import { named } from "./finding";
import type { GrammarFinding } from "./finding";

/** An exception that covers everything leaves nothing for its statement to apply to (rule GR-29). */
export function* appliesToNothing(
  statement: StatementShape,
  at: PolicyPath,
): Iterable<GrammarFinding> {
  for (const [element, positive, all] of [
    ["NotAction", "Action", /^\*+(?::\*+)?$/],
    ["NotResource", "Resource", /^\*+$/],
  ] as const) {
    if (!valuesOf(statement[element]).some((value) => all.test(value))) continue;
    const verb = statement.Effect === "Deny" ? "denies" : "allows";
    yield {
      rule: "GR-29",
      at: [...at, element],
      severity: "warning",
      message: `${named(element)} excepts everything, so the statement applies to nothing and ${verb} nothing`,
      help: `name what is meant in \`${positive}\`, or except less`,
    };
  }
}
