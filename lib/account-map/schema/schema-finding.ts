import { plainKey } from "../model/free-key";
import { listNames, nearest } from "../../diagnostics/nearest";
import { quoteName, shorten } from "../../diagnostics/quote";
import type { ErrorObject } from "ajv";
import type { Reporter } from "../../source/reporter";
import type { Finding } from "../../source/finding";
import { knownKeys, pathOfPointer, resolveRef, ROOT_SCHEMA } from "./schema-path";
import type { Schema } from "./schema-path";
import type { YamlSource } from "../../source/yaml/yaml-source";
import { counted } from "../../diagnostics/words";

/** A file that a schema describes. */
export type SchemaSource = Pick<YamlSource, "value" | "locate" | "typed">;

/** Reports what does not fit a schema, in the words of the file; `root` is the schema of the whole file. */
export function reportMisfit(
  error: ErrorObject,
  source: SchemaSource,
  reporter: Reporter,
  root: Schema,
): void {
  const path = pathOfPointer(error.instancePath);
  const params = error.params as Record<string, unknown>;
  switch (error.keyword) {
    case "additionalProperties": {
      const key = String(params.additionalProperty);
      reporter.report([...path, key], unknownKey(path, key, error, root));
      return;
    }
    case "propertyNames": {
      const name = String(params.propertyName);
      reporter.report([...path, name], {
        rule: "key-name",
        atKey: true,
        message: `a key of ${nameOf(path)} must be ${allowedName(name, error)}, got ${quoteName(name)}`,
        ...suggestion(name, error),
      });
      return;
    }
    case "required":
      reporter.report(path, missingKey(path, String(params.missingProperty), error));
      return;
    case "uniqueItems": {
      const index = Number(params.index);
      const item: unknown = (error.data as unknown[])[index];
      reporter.report([...path, index], {
        rule: "value",
        message: `${nameOf(path)} names ${describeValue(item)} twice`,
        help: "remove one of them",
      });
      return;
    }
    default:
      reporter.report(path, wrongValue(error, path, source, root));
  }
}

function unknownKey(
  path: readonly string[],
  key: string,
  error: ErrorObject,
  root: Schema,
): Finding {
  const known = allowedSiblingKeys(error);
  const place = path.length === 0 ? "" : ` in ${nameOf(path)}`;
  const meant = nearest(key, known);
  const above = path.findLastIndex((_, length) =>
    knownKeys(path.slice(0, length), root).includes(key),
  );
  const help =
    above >= 0
      ? `${quoteName(key)} belongs ${above === 0 ? "at the top of the file" : `directly under ${nameOf(path.slice(0, above))}`}`
      : meant === undefined
        ? undefined
        : `did you mean ${quoteName(meant)}?`;
  return {
    rule: "unknown-key",
    atKey: true,
    message: `unknown key ${quoteName(key)}${place}, allowed: ${listNames(known, 40)}`,
    ...(help === undefined ? {} : { help }),
  };
}

/** The keys that a map may have in which an unknown one stands. */
export function allowedSiblingKeys(error: ErrorObject): string[] {
  return Object.keys((error.parentSchema as Schema).properties ?? {});
}

function missingKey(path: readonly string[], key: string, error: ErrorObject): Finding {
  const { properties = {} } = error.parentSchema as Schema;
  const property = properties[key] ?? {};
  const { description = "", patternErrorMessage } = resolveRef(property);
  const meaning = property.description ?? patternErrorMessage ?? description;
  return {
    rule: "missing-key",
    atKey: true,
    message: `${nameOf(path)} lacks the key \`${key}\``,
    help: `add \`${key}:\`${meaning === "" ? "" : ` (${firstSentence(meaning)})`}`,
  };
}

function wrongValue(
  error: ErrorObject,
  path: readonly string[],
  source: SchemaSource,
  root: Schema,
): Finding {
  const typed = source.typed(path);
  const isAccountId = (error.parentSchema as Schema).pattern === ACCOUNT_ID;
  const help = isAccountId ? accountIdHelp(error.data, typed) : quotingHelp(error, typed, root);
  return {
    rule: isAccountId ? "ID-01" : "value",
    message: `${nameOf(path)} must be ${allowed(error)}, got ${describeValue(error.data, typed)}`,
    ...(help === undefined ? {} : { help }),
  };
}

const ACCOUNT_ID = "^\\d{12}$";

function accountIdHelp(value: unknown, typed = ""): string | undefined {
  const digits = typed.replace(/[\s-]/g, "");
  if (!/^\d{9,12}$/.test(digits)) return undefined;
  const id = digits.padStart(12, "0");
  if (digits.length < 12) return `write "${id}" if leading zeros were lost`;
  return typeof value === "number"
    ? `write "${id}"; unquoted, YAML reads a number and drops leading zeros`
    : `write "${id}"`;
}

/** What to type where YAML made a number, a truth value or nothing of what was meant as a text. */
function quotingHelp(
  error: ErrorObject,
  typed: string | undefined,
  root: Schema,
): string | undefined {
  const { type, pattern } = error.parentSchema as Schema;
  if (error.keyword === "type" && error.instancePath === "") {
    return root === ROOT_SCHEMA ? START_HELP : undefined;
  }
  if (error.keyword !== "type" || type !== "string" || typed === undefined || typed === "") {
    return undefined;
  }
  return pattern === undefined || new RegExp(pattern).test(typed) ? `write "${typed}"` : undefined;
}

const START_HELP = "begin with `accounts:` and, indented below it, a key for each account";

/** What the name of a key may be, in words that follow "must be". */
function allowedName(name: string, error: ErrorObject): string {
  const { maxLength = Infinity, patternErrorMessage } = resolveRef(
    (error.parentSchema as Schema).propertyNames ?? {},
  );
  if (name.length > maxLength) return `at most ${counted(maxLength, "character")} long`;
  return patternErrorMessage ?? NOT_EMPTY;
}

/** The name with what is not allowed taken out, where the rest is a name. */
function suggestion(name: string, error: ErrorObject): { readonly help?: string } {
  const schema = resolveRef((error.parentSchema as Schema).propertyNames ?? {});
  const plain = plainKey(name);
  const fits =
    schema.pattern !== undefined &&
    new RegExp(schema.pattern).test(plain) &&
    plain.length <= (schema.maxLength ?? Infinity);
  return fits ? { help: `write \`${plain}:\`` } : {};
}

const NOT_EMPTY = "a text that is not empty";

/** What a schema allows, in words that follow "must be". */
function allowed(error: ErrorObject): string {
  const params = error.params as Record<string, unknown>;
  const schema = error.parentSchema as Schema;
  const limit = Number(params.limit);
  switch (error.keyword) {
    case "type":
      return schema.patternErrorMessage ?? typeName(String(params.type));
    case "enum":
      return `one of ${listNames((params.allowedValues as unknown[]).map(String))}`;
    case "const":
      return `\`${String(params.allowedValue)}\``;
    case "minItems":
      return `a list of at least ${counted(limit, "item")}`;
    case "maxItems":
      return `a list of at most ${counted(limit, "item")}`;
    case "minProperties":
      return `a map with at least ${counted(limit, "key")}`;
    case "maxProperties":
      return `a map with at most ${counted(limit, "key")}`;
    case "minimum":
      return `at least ${limit}`;
    case "maximum":
      return `at most ${limit}`;
    case "minLength":
      return limit === 1 ? NOT_EMPTY : `at least ${counted(limit, "character")} long`;
    case "maxLength":
      return `at most ${counted(limit, "character")} long`;
    case "anyOf":
      return (schema.anyOf ?? []).map(formName).join(" or ");
    default:
      return schema.patternErrorMessage ?? firstSentence(schema.description ?? "");
  }
}

function formName(form: Schema): string {
  const { const: only, type = "", patternErrorMessage } = resolveRef(form);
  return only === undefined ? (patternErrorMessage ?? typeName(type)) : `\`${String(only)}\``;
}

function typeName(type: string): string {
  return TYPE_NAMES[type] ?? type;
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: "a string",
  object: "a map",
  array: "a list",
  boolean: "`true` or `false`",
  integer: "a whole number",
};

/** A value as messages show it; `typed` is how it is in the file. */
function describeValue(value: unknown, typed?: string): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) {
    return value.length === 0 ? "an empty list" : `a list of ${counted(value.length, "item")}`;
  }
  if (typeof value === "object") {
    const keys = Object.keys(value).length;
    return keys === 0 ? "an empty map" : `a map of ${counted(keys, "key")}`;
  }
  if (typeof value === "string") return JSON.stringify(shorten(value, 60));
  const text = shorten(typed ?? JSON.stringify(value), 60);
  return typeof value === "number" ? `the number ${text}` : `\`${text}\``;
}

/** A place of the map in words. */
function nameOf(path: readonly string[]): string {
  return path.length === 0 ? "the file" : `\`${path.map((step) => shorten(step, 64)).join(".")}\``;
}

/** The first sentence of a description, to stand within one of ours. */
function firstSentence(description: string): string {
  const [sentence = ""] = description.split(/\.(?:\s|$)|:\s/);
  return /^[A-Z](?:[a-z]| )/.test(sentence)
    ? sentence.charAt(0).toLowerCase() + sentence.slice(1)
    : sentence;
}
