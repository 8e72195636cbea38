import { listNames } from "../../diagnostics/nearest";
import { OPERATOR_NAMES, parseOperator } from "../condition/condition-operator";
import type { PolicyPath, StatementShape } from "../policy-shape";
import { didYouMean, named } from "./finding";
import type { GrammarFinding } from "./finding";
import { holdsParameter } from "./parameters";

/** Operators are those that IAM has (rule GR-15); keys have a prefix, which IAM asks for. */
export function* conditionOperators(
  { Condition }: StatementShape,
  at: PolicyPath,
): Iterable<GrammarFinding> {
  for (const [name, keys] of Object.entries(Condition ?? {})) {
    const place = [...at, "Condition", name];
    if (parseOperator(name) === undefined) yield unknownOperator(name, place);
    for (const key of Object.keys(keys)) yield* keyProblems(key, [...place, key]);
  }
}

function unknownOperator(name: string, at: PolicyPath): GrammarFinding {
  const base = name.replace(/^For(?:Any|All)Values?:/, "").replace(/IfExists$/, "");
  if (base === "Null") {
    return {
      rule: "GR-15",
      at,
      atKey: true,
      message: `\`Null\` takes neither a prefix nor \`IfExists\`, got ${named(name)}`,
      help: "write `Null`",
    };
  }
  return {
    rule: "GR-15",
    at,
    atKey: true,
    message: `unknown condition operator ${named(name)}, allowed: ${listNames(OPERATOR_NAMES, 40)}, with \`ForAnyValue:\` or \`ForAllValues:\` before and \`IfExists\` after`,
    ...didYouMean(name, ALL_NAMES),
  };
}

const ALL_NAMES = ["", "ForAnyValue:", "ForAllValues:"].flatMap((prefix) =>
  OPERATOR_NAMES.flatMap((name) =>
    ["", "IfExists"].map((suffix) => `${prefix}${name}${suffix}`),
  ).filter((name) => parseOperator(name) !== undefined),
);

function* keyProblems(key: string, at: PolicyPath): Iterable<GrammarFinding> {
  if (holdsParameter(key)) {
    const message = `parameters are filled into values, not into condition keys, got ${named(key)}`;
    yield { rule: "condition-key", at, atKey: true, message };
  } else if (key.includes("${")) {
    const message = `policy variables are not allowed in condition keys, got ${named(key)}, allowed: in values`;
    yield { rule: "GR-22", at, atKey: true, message };
  } else if (!/^[^:\s]+:./.test(key)) {
    yield {
      rule: "condition-key",
      at,
      atKey: true,
      message: `a condition key must be a prefix, a colon and a name such as \`aws:PrincipalOrgID\`, got ${named(key)}`,
      ...(GLOBAL_NAMES.has(key.toLowerCase()) ? { help: `write \`aws:${key}\`` } : {}),
    };
  }
}

// Names that people write without their prefix.
const GLOBAL_NAMES: ReadonlySet<string> = new Set([
  "currenttime",
  "multifactorauthage",
  "multifactorauthpresent",
  "principalaccount",
  "principalarn",
  "principalorgid",
  "principalorgpaths",
  "requestedregion",
  "resourceaccount",
  "resourceorgid",
  "securetransport",
  "sourceaccount",
  "sourcearn",
  "sourceip",
  "tagkeys",
  "username",
]);
