import type { PolicyPath, StatementShape } from "../policy-shape";
import { isExactKey } from "./condition-keys";
import { conditionLines } from "./condition-line";
import type { ConditionLine } from "./condition-line";
import { named, quoted } from "./finding";
import type { GrammarFinding } from "./finding";
import { holdsParameter, withoutParameters } from "./parameters";
import { withoutVariables } from "./variables";

/** Wildcards only where they have a meaning (rules GR-19, GR-20); truths are single (rule GR-24). */
export function* conditionValues(
  statement: StatementShape,
  at: PolicyPath,
): Iterable<GrammarFinding> {
  for (const line of conditionLines(statement, at)) {
    yield* wildcards(line);
    const { family } = line.operator;
    if (family === "Bool" || family === "Null") yield* truths(line);
  }
}

function* wildcards({ name, operator, key, values, at }: ConditionLine): Iterable<GrammarFinding> {
  const literal = operator.family === "String" && operator.comparison !== "like";
  for (const [index, value] of values.entries()) {
    if (!/[*?]/.test(withoutVariables(withoutParameters(value)))) continue;
    if (isExactKey(key)) {
      yield {
        rule: "GR-20",
        at: [...at, index],
        message: `${named(key)} takes no wildcards, got ${quoted(value)}`,
        help: "write each value in full",
      };
    } else if (literal) {
      const like = name.replace(/(Not)?Equals(?:IgnoreCase)?/, "$1Like");
      yield {
        rule: "GR-19",
        at: [...at, index],
        message: `\`${name}\` takes wildcards literally, got ${quoted(value)}`,
        help: `write \`${like}\` instead of \`${name}\``,
      };
    }
  }
}

function* truths({ name, key, values, at }: ConditionLine): Iterable<GrammarFinding> {
  if (values.length > 1) {
    yield {
      rule: "GR-24",
      at,
      message: `\`${name}\` takes a single \`true\` or \`false\` for ${named(key)}, got a list of ${values.length}`,
      help: "write one of them",
    };
    return;
  }
  const [value] = values;
  if (value === undefined || value === "true" || value === "false") return;
  if (holdsParameter(value) || value.includes("${")) return;
  const meant = value.trim().toLowerCase();
  yield {
    rule: "GR-24",
    at,
    message: `\`${name}\` takes \`true\` or \`false\`, got ${quoted(value)}`,
    ...(meant === "true" || meant === "false" ? { help: `write "${meant}"` } : {}),
  };
}
