import { nearest } from "../../diagnostics/nearest";
import Ajv from "ajv";
import type {
  DataValidateFunction,
  ErrorObject,
  FuncKeywordDefinition,
  ValidateFunction,
} from "ajv/dist/types";
import accountsSchema from "../../../schema/accounts.schema.json";
import type { Path } from "../../source/source";
import type { Reporter } from "../../source/reporter";
import { allowedSiblingKeys, reportMisfit } from "./schema-finding";
import type { SchemaSource } from "./schema-finding";
import { pathOfPointer, resolveRef, ROOT_SCHEMA } from "./schema-path";
import type { Schema } from "./schema-path";

/** Most misfits that are reported; a file with more is not a map. */
const MOST_MISFITS = 10_000;

/**
 * Checks a file against a JSON Schema, reports what does not fit, one finding a place, and tells at
 * which paths. Whether the schema itself is sound is tested, not checked on every run.
 *
 * @param root schema of the file. @default - that of account maps
 */
export function checkSchema(
  source: SchemaSource,
  reporter: Reporter,
  root: Schema = ROOT_SCHEMA,
): Path[] {
  const errors = errorsOf(root, source.value, "");
  const seen = new Set<string>();
  for (const error of errors) {
    // What aliases or merged keys bring to several places is wrong in one.
    const { line, column } = source.locate(pathOfPointer(error.instancePath)).start;
    const params = JSON.stringify(error.params);
    const key = [line, column, error.schemaPath, params].join(" ");
    if (seen.has(key)) continue;
    seen.add(key);
    reportMisfit(error, source, reporter, root);
  }
  const found = validatorOf(root).errors?.length ?? 0;
  if (found > MOST_MISFITS) {
    reporter.report([], {
      rule: "file-size",
      message: "more does not fit than is listed here",
    });
    return [[]]; // anything may be wrong
  }
  return errors.map(({ instancePath, keyword, params }) => {
    const { propertyName } = params as { propertyName?: string };
    const path = pathOfPointer(instancePath);
    return keyword === "propertyNames" ? [...path, propertyName ?? ""] : path;
  });
}

/** What a value does not fulfil of a schema; `at` is the pointer to the value. */
function errorsOf(schema: Schema, value: unknown, at: string): ErrorObject[] {
  const validate = validatorOf(schema);
  const context = { instancePath: at, parentData: {}, parentDataProperty: "", rootData: {} };
  if (validate(value, { ...context, dynamicAnchors: {} })) return [];
  const errors = (validate.errors ?? []).slice(0, MOST_MISFITS);
  return withoutOtherForms(withoutMistyped(withoutNameDetails(errors)));
}

/** What is wrong with the name of a key is told by the error that names the key, once. */
function withoutNameDetails(errors: readonly ErrorObject[]): ErrorObject[] {
  const names = new Set<string>();
  for (const { keyword, instancePath, params } of errors) {
    if (keyword !== "propertyNames") continue;
    names.add(`${instancePath} ${(params as { propertyName: string }).propertyName}`);
  }
  return errors.filter(
    ({ keyword, instancePath, data }) =>
      keyword === "propertyNames" ||
      typeof data !== "string" ||
      !names.has(`${instancePath} ${data}`),
  );
}

/** A key that is missing because it was mistyped is reported once: as an unknown key, with the one meant. */
function withoutMistyped(errors: readonly ErrorObject[]): ErrorObject[] {
  const mistyped = new Set<string>();
  for (const error of errors) {
    if (error.keyword !== "additionalProperties") continue;
    const { additionalProperty } = error.params as { additionalProperty: string };
    const meant = nearest(additionalProperty, allowedSiblingKeys(error));
    if (meant !== undefined) mistyped.add(`${error.instancePath} ${meant}`);
  }
  return errors.filter(({ keyword, instancePath, params }) => {
    const { missingProperty } = params as { missingProperty?: string };
    return keyword !== "required" || !mistyped.has(`${instancePath} ${missingProperty ?? ""}`);
  });
}

/**
 * Where several forms are allowed (`anyOf`), each says why it does not fit. Keeps what the form of the
 * value's own type says; where there is none, one error names all of them.
 */
function withoutOtherForms(errors: readonly ErrorObject[]): ErrorObject[] {
  const choices = errors.filter(({ keyword }) => keyword === "anyOf");
  if (choices.length === 0) return [...errors];
  const chosenAt = new Set(choices.map(({ instancePath }) => instancePath));
  const kept = errors.filter(({ instancePath }) => !prefixesOf(instancePath).some(has(chosenAt)));
  for (const choice of choices) {
    if (prefixesOf(choice.instancePath).slice(1).some(has(chosenAt))) continue;
    const { anyOf = [] } = choice.parentSchema as Schema;
    const form = anyOf.find((each) => typeOfForm(each) === typeOf(choice.data));
    kept.push(
      ...(form === undefined ? [choice] : errorsOf(form, choice.data, choice.instancePath)),
    );
  }
  return kept;
}

function has(set: ReadonlySet<string>): (text: string) => boolean {
  return (text) => set.has(text);
}

/** A pointer and all pointers above it. */
function prefixesOf(pointer: string): string[] {
  const prefixes = [pointer];
  for (let end = pointer.lastIndexOf("/"); end >= 0; end = pointer.lastIndexOf("/", end - 1)) {
    prefixes.push(pointer.slice(0, end));
    if (end === 0) break;
  }
  return prefixes;
}

function typeOfForm(form: Schema): string {
  const { type, const: only } = resolveRef(form);
  return type ?? typeOf(only);
}

function typeOf(value: unknown): string {
  return value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
}

const validators = new Map<Schema, ValidateFunction>();

/** Compiled schemas: the whole one, and forms of values once something is wrong with them. */
function validatorOf(schema: Schema): ValidateFunction {
  const known = validators.get(schema);
  if (known !== undefined) return known;
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    strict: false,
    validateSchema: false,
    code: { optimize: false, process: limitErrors },
    inlineRefs: false,
  });
  ajv.removeKeyword("uniqueItems");
  ajv.addKeyword(UNIQUE_ITEMS);
  const validate = ajv.compile({ $defs: accountsSchema.$defs, ...schema });
  validators.set(schema, validate);
  return validate;
}

/**
 * Lets a validator forget errors beyond the limit: it copies all earlier ones for each reference that
 * does not fit, which takes minutes for some 50,000.
 */
function limitErrors(code: string): string {
  const copy = "vErrors.concat(";
  return code.replaceAll(copy, `vErrors.length > ${MOST_MISFITS} ? vErrors : ${copy}`);
}

/** The library compares each item with each other one unless it knows that all are texts. */
const UNIQUE_ITEMS: FuncKeywordDefinition = {
  keyword: "uniqueItems",
  type: "array",
  schemaType: "boolean",
  errors: true,
  compile: () => {
    const check: DataValidateFunction = (items: readonly unknown[]) => {
      const seen = new Set<unknown>();
      const index = items.findIndex((item) => seen.size === seen.add(item).size);
      check.errors = [{ keyword: "uniqueItems", params: { index } }];
      return index < 0;
    };
    return check;
  },
};
