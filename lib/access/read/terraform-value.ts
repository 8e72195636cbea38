import { unescapeTerraform } from "../../iam/policy-text";

/** An attribute that holds text, or stands for it. */
export type TerraformText =
  | { readonly kind: "text"; readonly text: string }
  /** `${type.name.attribute}` of a resource of the same stack. */
  | { readonly kind: "reference"; readonly address: string; readonly attribute: string }
  /** Not known, and why, as in 'it is known only when Terraform runs'. */
  | {
      readonly kind: "computed";
      readonly reason: string;
      /** First part of the template. @default - there is none */
      readonly expression?: string;
    }
  | { readonly kind: "absent" };

const PLACEHOLDER = Symbol("placeholder");

/** What stands in place of a value that a configuration would have as a template. */
export interface Placeholder {
  readonly [PLACEHOLDER]: TerraformText;
}

/** A value that is read as something else than text that is written out. */
export function placeholder(text: TerraformText): Placeholder {
  return { [PLACEHOLDER]: text };
}

/** Whether a value is not text that is written out, but stands for it. */
export function isPlaceholder(value: unknown): value is Placeholder {
  return typeof value === "object" && value !== null && PLACEHOLDER in value;
}

const WHEN_RUN = "is known only when Terraform runs";
const REFERENCE =
  /^\$\{(?<address>[a-z][a-z0-9_]*\.[A-Za-z_][A-Za-z0-9_-]*)\.(?<attribute>[a-z_]+)\}$/;
const TEMPLATE = /[$%]\{[^}]*\}?/;
const ESCAPED = /\$\$\{|%%\{/g;
const NOT_RESOURCES = /^(?:data|var|local|module|each|count|path|terraform|self)\./;

/** Reads an attribute that holds text, with Terraform's escapes undone (rule GR-23). */
export function terraformText(value: unknown): TerraformText {
  if (value === undefined || value === null) return { kind: "absent" };
  if (isPlaceholder(value)) return value[PLACEHOLDER];
  if (typeof value !== "string") {
    return typeof value === "number" || typeof value === "boolean"
      ? { kind: "text", text: String(value) }
      : { kind: "computed", reason: WHEN_RUN, expression: JSON.stringify(value) };
  }
  const { address, attribute } = REFERENCE.exec(value)?.groups ?? {};
  if (address !== undefined && attribute !== undefined && !NOT_RESOURCES.test(value.slice(2))) {
    return { kind: "reference", address, attribute };
  }
  const template = TEMPLATE.exec(value.replace(ESCAPED, ""));
  return template === null
    ? { kind: "text", text: unescapeTerraform(value) }
    : { kind: "computed", reason: WHEN_RUN, expression: template[0] };
}

/** Why a value is not text, as in 'a name that is known only when Terraform runs'. */
export function whyNotText(text: TerraformText): string {
  return text.kind === "computed" ? text.reason : WHEN_RUN;
}

/** Why a value names nothing, as in 'a role that is not in the stack'. */
export function whyNotFound(text: TerraformText): string {
  return text.kind === "computed" && text.expression === undefined
    ? text.reason
    : "is not in the stack";
}
