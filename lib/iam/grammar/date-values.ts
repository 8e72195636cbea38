import { formatDate, parseDate } from "../condition/date-value";
import type { PolicyPath, StatementShape } from "../policy-shape";
import { conditionLines } from "./condition-line";
import { quoted } from "./finding";
import type { GrammarFinding } from "./finding";
import { holdsParameter } from "./parameters";

/**
 * Dates are written as ISO 8601 (rule GR-25). Seconds since 1970 work and are warned of, except for
 * `aws:EpochTime`, whose value they are.
 */
export function* dateValues(statement: StatementShape, at: PolicyPath): Iterable<GrammarFinding> {
  for (const { name, operator, key, values, at: place } of conditionLines(statement, at)) {
    if (operator.family !== "Date") continue;
    for (const [index, value] of values.entries()) {
      if (holdsParameter(value) || value.includes("${")) continue; // variables: rule GR-22
      const instant = parseDate(value);
      const seconds = /^\d+$/.test(value);
      if (instant === undefined) {
        yield {
          rule: "GR-25",
          at: [...place, index],
          message: `\`${name}\` takes dates such as \`2030-12-31T23:59:59Z\`, got ${quoted(value)}`,
        };
      } else if (seconds && key.toLowerCase() !== "aws:epochtime") {
        yield {
          rule: "GR-25",
          at: [...place, index],
          severity: "warning",
          message: `\`${name}\` takes dates such as \`2030-12-31T23:59:59Z\`, got seconds since 1970, ${quoted(value)}`,
          help: `write "${formatDate(instant)}"`,
        };
      }
    }
  }
}
