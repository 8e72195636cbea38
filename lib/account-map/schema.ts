import Ajv from "ajv";
import type { ErrorObject, ValidateFunction } from "ajv";
import accountsSchema from "../../schema/accounts.schema.json";
import { listNames, nearest } from "../diagnostics/nearest";
import type { Reporter } from "./reporter";
import type { Path, YamlSource } from "./yaml-source";

let compiled: ValidateFunction | undefined;

/**
 * Checks a file against the JSON Schema of account maps and reports what does not fit, one finding a
 * place. Whether the schema itself is sound is tested, not checked on every run.
 */
export function checkSchema(source: YamlSource, reporter: Reporter): void {
  compiled ??= compileSchema();
  if (compiled(source.value)) return;
  const errors = withoutAlternativesNoise(compiled.errors ?? []);
  for (const error of errors) reportError(error, source, reporter);
}

function compileSchema(): ValidateFunction {
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    strict: false,
    validateSchema: false,
    code: { optimize: false },
    inlineRefs: false,
  });
  const { $schema, ...schema } = accountsSchema;
  return ajv.compile(schema);
}

/**
 * Where several forms are allowed (`anyOf`), each form reports why it does not fit. Keeps what the
 * form of the right type says; where no form has the right type, one finding names all of them.
 */
function withoutAlternativesNoise(errors: readonly ErrorObject[]): ErrorObject[] {
  const alternatives = new Set(
    errors.filter((error) => error.keyword === "anyOf").map((error) => error.instancePath),
  );
  const specific = new Set<string>();
  for (const error of errors) {
    for (const path of alternatives) {
      const below = error.instancePath.startsWith(`${path}/`);
      const here = error.instancePath === path && !SHAPE_KEYWORDS.has(error.keyword);
      if (below || here) specific.add(path);
    }
  }
  return errors.filter((error) => {
    if (error.keyword === "propertyNames") return false; // its cause is reported beside it
    if (!alternatives.has(error.instancePath)) return true;
    if (error.keyword === "anyOf") return !specific.has(error.instancePath);
    return !SHAPE_KEYWORDS.has(error.keyword);
  });
}

const SHAPE_KEYWORDS: ReadonlySet<string> = new Set(["type", "const", "enum", "anyOf"]);

function reportError(error: ErrorObject, source: YamlSource, reporter: Reporter): void {
  const path = pathOf(error.instancePath);
  const what = nameOf(path);
  const params = error.params as Record<string, unknown>;
  if (error.propertyName !== undefined) {
    reporter.report([...path, error.propertyName], {
      rule: "key-name",
      atKey: true,
      message: `the key \`${error.propertyName}\` must be ${describe(error)}`,
    });
    return;
  }
  switch (error.keyword) {
    case "additionalProperties": {
      const key = String(params.additionalProperty);
      const known = Object.keys((error.parentSchema?.properties as object | undefined) ?? {});
      const meant = nearest(key, known);
      reporter.report([...path, key], {
        rule: "unknown-key",
        atKey: true,
        message: `unknown key \`${key}\`${path.length === 0 ? "" : ` in ${what}`}, allowed: ${listNames(known, 40)}`,
        ...(meant === undefined ? {} : { help: `did you mean \`${meant}\`?` }),
      });
      return;
    }
    case "required": {
      const key = String(params.missingProperty);
      reporter.report(path, {
        rule: "missing-key",
        atKey: true,
        message: `${what} lacks the key \`${key}\``,
        help: `add \`${key}:\``,
      });
      return;
    }
    default:
      reportValue(error, path, what, source, reporter);
  }
}

function reportValue(
  error: ErrorObject,
  path: Path,
  what: string,
  source: YamlSource,
  reporter: Reporter,
): void {
  const typed = source.typed(path);
  const accountId = isAccountId(error);
  const got = describeValue(error.data, typed);
  const expected = accountId ? "a quoted string of 12 digits" : describe(error);
  const quoted = typeof error.data === "number" || typeof error.data === "boolean";
  const digits = quoted && typed !== undefined && /^\d{12}$/.test(typed);
  const help = digits
    ? `write "${typed}"; unquoted, YAML reads a number and drops leading zeros`
    : quoted && typed !== undefined && error.keyword === "type"
      ? `write "${typed}"`
      : undefined;
  reporter.report(path, {
    rule: accountId ? "ID-01" : "value",
    message: `${what} must be ${expected}, got ${got}`,
    ...(help === undefined ? {} : { help }),
  });
}

function isAccountId(error: ErrorObject): boolean {
  return String((error.parentSchema as { pattern?: unknown } | undefined)?.pattern) === "^\\d{12}$";
}

/** What a schema allows, in words; the first sentence of its description where the keyword says too little. */
function describe(error: ErrorObject): string {
  const params = error.params as Record<string, unknown>;
  const schema = error.parentSchema as { description?: string; anyOf?: object[] } | undefined;
  switch (error.keyword) {
    case "type":
      return TYPE_NAMES[String(params.type)] ?? String(params.type);
    case "enum":
      return `one of ${listNames((params.allowedValues as unknown[]).map(String))}`;
    case "const":
      return `\`${String(params.allowedValue)}\``;
    case "minItems":
      return `a list of at least ${String(params.limit)}`;
    case "maxItems":
      return `a list of at most ${String(params.limit)}`;
    case "minProperties":
      return "a map with at least one key";
    case "maxProperties":
      return "a map with one key";
    case "uniqueItems":
      return "a list without repetitions";
    case "minimum":
      return `at least ${String(params.limit)}`;
    case "maximum":
      return `at most ${String(params.limit)}`;
    case "minLength":
      return `at least ${String(params.limit)} characters long`;
    case "maxLength":
      return `at most ${String(params.limit)} characters long`;
    case "anyOf":
      return alternativeTypes(schema?.anyOf ?? []);
    default:
      return lowerFirst((schema?.description ?? "what the schema allows").replace(/\.$/, ""));
  }
}

function alternativeTypes(alternatives: readonly object[]): string {
  const names = alternatives.map((alternative) => {
    const { type, $ref, const: only } = alternative as Partial<Record<string, string | boolean>>;
    if (only !== undefined) return `\`${String(only)}\``;
    if ($ref !== undefined) return "a string";
    return TYPE_NAMES[String(type)] ?? String(type);
  });
  return [...new Set(names)].join(" or ");
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: "a string",
  object: "a map",
  array: "a list",
  boolean: "`true` or `false`",
  integer: "a whole number",
};

function describeValue(value: unknown, typed: string | undefined): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object") return "a map";
  if (typeof value === "string") return JSON.stringify(shorten(value));
  return `the ${typeof value} ${typed ?? JSON.stringify(value)}`;
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function pathOf(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replace(/~1/g, "/").replace(/~0/g, "~"));
}

/** A place of the map in words: the last names on the way to it. */
function nameOf(path: readonly string[]): string {
  return path.length === 0 ? "the file" : `\`${path.join(".")}\``;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
