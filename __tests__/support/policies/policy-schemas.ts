import { Ajv2020 } from "ajv/dist/2020";
import type { ErrorObject } from "ajv/dist/2020";
import boundary from "../../../schema/policy/boundary.schema.json";
import identity from "../../../schema/policy/identity.schema.json";
import statement from "../../../schema/policy/statement.schema.json";
import trust from "../../../schema/policy/trust.schema.json";

/** The policy documents that have a schema of their own. */
export type PolicySchemaKind = "trust" | "identity" | "boundary";

const ajv = new Ajv2020({
  allErrors: true,
  strict: true,
  strictTypes: false, // conditional parts narrow a type that stands further up,
  strictRequired: false, // and ask for keys that are described there
  schemas: [statement, identity, trust, boundary],
});

/**
 * What a policy document breaks of the schemas in `schema/policy`, each as the JSON pointer of the
 * value, the keyword, and what the schema says; none for a good one.
 */
export function policyProblems(kind: PolicySchemaKind, document: unknown): string[] {
  const validate = ajv.getSchema(`urn:trustwheel:policy:${kind}`);
  if (validate === undefined) throw new Error(`no schema for ${kind} policies`);
  if (validate(document) === true) return [];
  const errors = validate.errors ?? [];
  const causes = errors.filter((error) => isCause(error, errors));
  return [...new Set(causes.map(describe))].sort();
}

/** Leaves out what only repeats another error: the frame of a conditional, and each form of an alternative. */
function isCause(error: ErrorObject, errors: readonly ErrorObject[]): boolean {
  if (error.keyword === "if" || error.keyword === "propertyNames") return false;
  if (/\/(?:oneOf|anyOf)\/\d/.test(error.schemaPath)) return false;
  const isForm = (other: ErrorObject): boolean =>
    other.keyword === "anyOf" && error.instancePath.startsWith(`${other.instancePath}/`);
  return error.keyword !== "not" || !errors.some(isForm);
}

function describe(error: ErrorObject): string {
  const params = error.params as Record<string, unknown>;
  const name = params.additionalProperty ?? params.missingProperty ?? error.propertyName;
  const subject = name === undefined ? "" : ` (${JSON.stringify(name)})`;
  return `${error.instancePath === "" ? "/" : error.instancePath} ${error.keyword}${subject}: ${error.message ?? ""}`;
}
