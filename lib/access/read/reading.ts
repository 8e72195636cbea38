import type { Diagnostic, Severity } from "../../diagnostics/diagnostic";
import type { AccountLocation } from "../../iam/arn";
import type { TerraformResource } from "./terraform-stack";
import { terraformText, whyNotText } from "./terraform-value";

/** A resource whose account is known. */
export interface PlacedResource extends TerraformResource {
  readonly location: AccountLocation;
}

/** What is collected while resources are read. */
export interface Reading {
  readonly diagnostics: Diagnostic[];
}

/** Reports something about a resource. */
export function report(
  reading: Reading,
  { file, address }: TerraformResource,
  rule: string,
  message: string,
  severity: Severity = "error",
  help?: string,
): void {
  reading.diagnostics.push({
    severity,
    rule,
    file,
    message: `${address} ${message}`,
    ...(help === undefined ? {} : { help }),
  });
}

/** An attribute that must be written out; what is not is reported. */
export function requiredText(
  reading: Reading,
  resource: TerraformResource,
  attribute: string,
): string | undefined {
  const value = terraformText(resource.attributes[attribute]);
  if (value.kind === "text") return value.text;
  report(
    reading,
    resource,
    "access-attribute",
    value.kind === "absent"
      ? `has no ${attribute}: what it is called is known only when Terraform runs`
      : `has a ${attribute} that ${whyNotText(value)}`,
  );
  return undefined;
}

/** The path of an entity of IAM, `/` where none is written; one that is not known is reported. */
export function pathOf(reading: Reading, resource: TerraformResource): string | undefined {
  const path = terraformText(resource.attributes.path);
  if (path.kind === "absent") return "/";
  return path.kind === "text" ? path.text : requiredText(reading, resource, "path");
}
