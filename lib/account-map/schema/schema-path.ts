import accountsSchema from "../../../schema/accounts.schema.json";
import type { Path } from "../../source/source";

/** The keywords of JSON Schema that the schema of account maps uses, and one of editors. */
export interface Schema {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: string;
  readonly const?: string | number | boolean;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  /** What the pattern allows, in words that follow "must be" (an extension that VS Code reads, too). */
  readonly patternErrorMessage?: string;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | false;
  readonly propertyNames?: Schema;
  readonly items?: Schema;
}

const { $schema, ...rootSchema } = accountsSchema;

/** The schema of account maps. */
export const ROOT_SCHEMA = rootSchema as unknown as Schema;

/** What a schema with `$ref` refers to, with the keywords that are next to the reference. */
export function resolveRef(schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  const name = schema.$ref.split("/").at(-1) ?? "";
  const { $ref, ...beside } = schema;
  const target = (accountsSchema.$defs as unknown as Readonly<Record<string, Schema>>)[name];
  return { ...target, ...beside };
}

/** The keys that a map at a path of a file may have, by default of an account map, or nothing where there is no map or it takes any keys. */
export function knownKeys(path: Path, root: Schema = ROOT_SCHEMA): readonly string[] {
  let schema: Schema | undefined = root;
  for (const step of path) schema = schema === undefined ? undefined : child(schema, String(step));
  return Object.keys(objectForm(schema)?.properties ?? {});
}

function child(schema: Schema, step: string): Schema | undefined {
  const object = objectForm(schema);
  const own = object?.properties?.[step];
  if (own !== undefined) return own;
  if (object?.additionalProperties) return object.additionalProperties;
  return resolveRef(schema).items;
}

/** A schema, or the one of its forms that is a map. */
function objectForm(schema: Schema | undefined): Schema | undefined {
  if (schema === undefined) return undefined;
  const resolved = resolveRef(schema);
  return resolved.anyOf?.map(resolveRef).find(({ type }) => type === "object") ?? resolved;
}

/** The path of a JSON pointer (RFC 6901). */
export function pathOfPointer(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}
