import { unescapeTerraform } from "../../iam/policy-text";

/** An attribute that holds text, or stands for it. */
export type TerraformText =
  | { readonly kind: "text"; readonly text: string }
  /** `${type.name.attribute}` of a resource of the same stack. */
  | { readonly kind: "reference"; readonly address: string; readonly attribute: string }
  /** Known only when Terraform runs: any other template, of which this is the first part. */
  | { readonly kind: "computed"; readonly expression: string }
  | { readonly kind: "absent" };

const REFERENCE =
  /^\$\{(?<address>[a-z][a-z0-9_]*\.[A-Za-z_][A-Za-z0-9_-]*)\.(?<attribute>[a-z_]+)\}$/;
const TEMPLATE = /[$%]\{[^}]*\}?/;
const ESCAPED = /\$\$\{|%%\{/g;
const NOT_RESOURCES = /^(?:data|var|local|module|each|count|path|terraform|self)\./;

/** Reads an attribute that holds text, with Terraform's escapes undone (rule GR-23). */
export function terraformText(value: unknown): TerraformText {
  if (value === undefined || value === null) return { kind: "absent" };
  if (typeof value !== "string") {
    return typeof value === "number" || typeof value === "boolean"
      ? { kind: "text", text: String(value) }
      : { kind: "computed", expression: JSON.stringify(value) };
  }
  const { address, attribute } = REFERENCE.exec(value)?.groups ?? {};
  if (address !== undefined && attribute !== undefined && !NOT_RESOURCES.test(value.slice(2))) {
    return { kind: "reference", address, attribute };
  }
  const template = TEMPLATE.exec(value.replace(ESCAPED, ""));
  return template === null
    ? { kind: "text", text: unescapeTerraform(value) }
    : { kind: "computed", expression: template[0] };
}
