import type {
  Account,
  ParameterDeclaration,
  ParameterType,
  ParameterValue,
  ParameterValues,
} from "../account-map/model/account-map";
import type { Path } from "../source/source";
import { listNames, nearest } from "../diagnostics/nearest";
import type { Finding } from "../source/finding";

/** Where findings about parameters go. */
export type ReportFinding = (path: Path, finding: Finding) => void;

/** What parameters can be filled in with, at one use of a document in one account. */
export interface ParameterScope {
  readonly account: Account;
  readonly declared: ReadonlyMap<string, ParameterDeclaration>;
  /** Values given where the document is used. */
  readonly values: ParameterValues;
  readonly report: ReportFinding;
  /** The use. */
  readonly at: Path;
}

const PLACEHOLDER = /\{\{\s*([A-Za-z0-9._-]+)\s*\}\}/g;

/** What a value of each type may be, and how to say so. */
const TYPES: Readonly<Record<ParameterType, { pattern: RegExp; allowed: string }>> = {
  string: { pattern: /^[^*?${}"\\]+$/, allowed: "text without wildcards, quotes, braces and `$`" },
  pattern: { pattern: /^[^${}"\\]+$/, allowed: "text without quotes, braces and `$`" },
  "account-id": { pattern: /^\d{12}$/, allowed: "12 digits" },
  region: { pattern: /^[a-z]{2,4}(?:-[a-z]+)+-\d+$/, allowed: "a region such as `eu-central-1`" },
  arn: {
    pattern: /^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:\d{0,12}:[^*?${}"\\]+$/,
    allowed: "an ARN without wildcards",
  },
  "bucket-name": {
    pattern: /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    allowed: "the name of an S3 bucket",
  },
  "database-resource-id": {
    pattern: /^(?:db|cluster|prx)-[A-Za-z0-9]+$/,
    allowed:
      "a resource ID such as `db-ABC`, `cluster-ABC` or `prx-ABC`, not the database's name (RD-01)",
  },
  strings: {
    pattern: /^[^*?${}"\\]+$/,
    allowed: "texts without wildcards, quotes, braces and `$`",
  },
};

/** Parameters that every document has. */
export function builtInParameters(account: Account): ReadonlyMap<string, string> {
  return new Map([
    ["account.id", account.id],
    ["account.key", account.key],
    ["region", account.region],
    ["partition", account.partition],
    ...(account.organization === undefined
      ? []
      : ([["organization.id", account.organization.id]] as const)),
  ]);
}

/** A document with all its parameters filled in. A list replaces the one string that names it. */
export function fillIn<T extends object>(document: T, scope: ParameterScope): T {
  return holdsParameters(document) ? (fillValue(document, scope) as T) : document;
}

/** Whether a document holds parameters: most hold none, and are then the same value in every account. */
const parameterized = new WeakMap<object, boolean>();

function holdsParameters(document: object): boolean {
  const known = parameterized.get(document);
  if (known !== undefined) return known;
  const holds = JSON.stringify(document).includes("{{");
  parameterized.set(document, holds);
  return holds;
}

function fillValue(value: unknown, scope: ParameterScope): unknown {
  if (typeof value === "string") return fillText(value, scope);
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown) => {
      const filled = fillValue(item, scope);
      return typeof item === "string" && Array.isArray(filled) ? (filled as unknown[]) : [filled];
    });
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [fillKey(key, scope), fillValue(item, scope)]),
  );
}

/** A condition key can name a tag by a parameter. */
function fillKey(key: string, scope: ParameterScope): string {
  const filled = fillText(key, scope);
  if (typeof filled === "string") return filled;
  scope.report(scope.at, {
    rule: "parameter-type",
    message: `the name of a condition key must be one string, not the list ${key}`,
  });
  return key;
}

function fillText(text: string, scope: ParameterScope): string | readonly string[] {
  if (!text.includes("{{")) return text;
  const whole = /^\{\{\s*([A-Za-z0-9._-]+)\s*\}\}$/.exec(text)?.[1];
  if (whole !== undefined) return parameterValue(whole, scope) ?? text;
  if (text.replace(PLACEHOLDER, "").includes("{{")) {
    scope.report(scope.at, {
      rule: "unknown-parameter",
      message: `a parameter must be written as \`{{name}}\`, got ${JSON.stringify(text)}`,
    });
    return text;
  }
  return text.replace(PLACEHOLDER, (placeholder, name: string) => {
    const value = parameterValue(name, scope);
    if (typeof value === "string") return value;
    if (value !== undefined) {
      scope.report(scope.at, {
        rule: "parameter-type",
        message: `the list \`${name}\` must be a whole string, not part of ${JSON.stringify(text)}`,
      });
    }
    return placeholder;
  });
}

function parameterValue(
  name: string,
  scope: ParameterScope,
): string | readonly string[] | undefined {
  const builtIn = builtInParameters(scope.account);
  const fixed = builtIn.get(name);
  if (fixed !== undefined) return fixed;
  const declaration = scope.declared.get(name);
  if (declaration === undefined) {
    const known = [...builtIn.keys(), ...scope.declared.keys()];
    const meant = nearest(name, known);
    scope.report(scope.at, {
      rule: "unknown-parameter",
      message: `there is no parameter \`${name}\`, known: ${listNames(known, 30)}`,
      help:
        meant === undefined ? `declare it under \`parameters:\`` : `did you mean \`{{${meant}}}\`?`,
    });
    return undefined;
  }
  const given = scope.values.get(name) ?? scope.account.parameters.get(name) ?? declaration.default;
  if (given === undefined) {
    scope.report(scope.at, {
      rule: "missing-parameter",
      message: `the parameter \`${name}\` has no value in the account \`${scope.account.key}\``,
      help: `add it under \`with:\` here, or under \`accounts.${scope.account.key}.parameters\``,
    });
    return undefined;
  }
  return checkedValue(name, declaration.type, given, scope);
}

function checkedValue(
  name: string,
  type: ParameterType,
  given: ParameterValue,
  scope: ParameterScope,
): string | readonly string[] | undefined {
  const { pattern, allowed } = TYPES[type];
  const values = typeof given.value === "string" ? [given.value] : given.value;
  if ((type === "strings") !== (typeof given.value !== "string")) {
    scope.report(given.at, {
      rule: "parameter-type",
      message: `the parameter \`${name}\` is declared as \`${type}\`: ${type === "strings" ? "a list" : "one string"} is expected`,
    });
    return undefined;
  }
  const wrong = values.find((value) => !pattern.test(value));
  if (wrong !== undefined) {
    scope.report(given.at, {
      rule: "parameter-type",
      message: `a value of type \`${type}\` must be ${allowed}, got ${JSON.stringify(wrong)}`,
    });
    return undefined;
  }
  return given.value;
}
