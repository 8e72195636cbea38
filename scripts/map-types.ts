import { compile } from "json-schema-to-typescript";
import schema from "../schema/accounts.schema.json";

const HEAD = `/* Generated from schema/accounts.schema.json: npm run types:map */
/* eslint-disable @typescript-eslint/consistent-indexed-object-style -- as the generator writes them */

`;

/** Keywords that say more about a value than its type: the schema check is there for these. */
const NO_TYPES = new Set([
  "$id",
  "$schema",
  "default",
  "description",
  "examples",
  "format",
  "maximum",
  "maxItems",
  "maxLength",
  "maxProperties",
  "minimum",
  "minItems",
  "minLength",
  "minProperties",
  "pattern",
  "patternErrorMessage",
  "propertyNames",
  "uniqueItems",
]);

/**
 * The types of an account map that fits its JSON Schema: one for each definition, named `Raw` and its
 * name. Definitions of strings without a list of values have no type of their own.
 */
export function mapTypes(): Promise<string> {
  const named = { ...(typesOf(schema) as object), title: "RawAccountMap" };
  return compile(named, "RawAccountMap", {
    bannerComment: HEAD,
    additionalProperties: false,
    style: { printWidth: 100 },
  });
}

function typesOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(typesOf);
  if (typeof value !== "object" || value === null) return value;
  const { $ref } = value as { $ref?: string };
  if ($ref !== undefined) return reference($ref);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([keyword]) => !NO_TYPES.has(keyword))
      .map(([keyword, part]) => [keyword, partOf(keyword, part)]),
  );
}

function partOf(keyword: string, part: unknown): unknown {
  if (keyword !== "properties" && keyword !== "$defs") return typesOf(part);
  return Object.fromEntries(
    Object.entries(part as object).map(([name, each]) => [
      keyword === "$defs" ? rawName(name) : name,
      typesOf(each),
    ]),
  );
}

function reference(pointer: string): unknown {
  const name = pointer.replace("#/$defs/", "") as keyof typeof schema.$defs;
  const definition: object = schema.$defs[name];
  const isText = "type" in definition && definition.type === "string" && !("enum" in definition);
  return isText ? { type: "string" } : { $ref: `#/$defs/${rawName(name)}` };
}

function rawName(name: string): string {
  return `Raw${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
