import { listNames } from "../../diagnostics/nearest";
import { PARTITIONS } from "../partition";
import { valuesOf } from "../policy-document";
import type { PolicyPath, StatementShape } from "../policy-shape";
import { didYouMean, quoted } from "./finding";
import type { GrammarFinding } from "./finding";
import type { PolicyKind } from "./policy-kind";

/** Resources are `*` or ARNs of six fields (rule GR-27), with account ids of 12 digits (rule ID-01). */
export function* resources(
  statement: StatementShape,
  at: PolicyPath,
  kind: PolicyKind,
): Iterable<GrammarFinding> {
  if (kind === "trust") return; // not allowed there: statement-elements.ts
  for (const element of ["Resource", "NotResource"] as const) {
    for (const [index, value] of valuesOf(statement[element]).entries()) {
      const place = [...at, element, index];
      for (const problem of value === "*" ? [] : problemsOf(value)) yield { at: place, ...problem };
    }
  }
}

type Problem = Omit<GrammarFinding, "at">;

function* problemsOf(value: string): Iterable<Problem> {
  const masked = value.replace(UNKNOWN_PART, UNKNOWN);
  if (masked.startsWith(UNKNOWN)) return;
  const fields = masked.split(":");
  const [arn, partition = "", service = "", region = "", account = ""] = fields;
  if (arn !== "arn" || fields.length < 6) {
    const got = arn === "arn" ? `${fields.length} in ${quoted(value)}` : quoted(value);
    yield {
      rule: "GR-27",
      message: `a resource must be \`*\` or an ARN of six fields, got ${got}`,
      help: "write arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE",
    };
    return;
  }
  if (!isOneOf(partition, PARTITIONS) && partition !== "*") {
    yield {
      rule: "GR-27",
      message: `unknown partition in ${quoted(value)}, allowed: ${listNames(PARTITIONS)}`,
      ...didYouMean(partition, PARTITIONS),
    };
  }
  if (/[*?]/.test(service) || service === "") {
    yield {
      rule: "GR-27",
      message: `the service of an ARN must be written in full, got ${quoted(service)} in ${quoted(value)}`,
    };
  }
  if (service === "iam" && region !== "" && !region.includes(UNKNOWN)) {
    yield {
      rule: "GR-27",
      message: `an ARN of IAM has no Region, got ${quoted(region)} in ${quoted(value)}`,
      help: `write ${quoted(value.replace(`:iam:${region}:`, ":iam::"))}`,
    };
  }
  if (/^\d+$/.test(account) && account.length !== 12) {
    yield {
      rule: "ID-01",
      message: `an account ID must be 12 digits, got ${account.length} in ${quoted(value)}`,
    };
  }
}

/** Stands for parameters and policy variables, whose text is not known. */
const UNKNOWN = "\u0000";
const UNKNOWN_PART = /\$\{[^{}]*\}|\{\{\s*[A-Za-z0-9._-]+\s*\}\}/g;

function isOneOf(text: string, names: readonly string[]): boolean {
  return names.includes(text) || text.includes(UNKNOWN);
}
