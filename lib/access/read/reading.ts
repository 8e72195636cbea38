import type { FindingId } from "../../diagnostics/findings/finding-id";
import type { Diagnostic, Span } from "../../diagnostics/diagnostic";
import type { Severity } from "../../diagnostics/severity";
import type { AccountLocation } from "../../iam/arn";
import type { Possibility, Unread } from "../unread/unread";
import { couldChange } from "./could-change";
import type { FindResource } from "./could-change";
import type { TerraformResource } from "./terraform-stack";
import { terraformText, whyNotText } from "./terraform-value";

/** A resource whose account is known. */
export interface PlacedResource extends TerraformResource {
  readonly location: AccountLocation;
}

/** What is collected while resources are read. */
export interface Reading {
  readonly diagnostics: Diagnostic[];
  readonly unread: Unread[];
  readonly find: FindResource;
  /** Where a resource of a stack, or an argument of it, stands; of plans, nowhere. */
  locate(resource: TerraformResource, argument?: string): Span | undefined;
}

/** More about something that is reported of a resource. */
export interface ReportMore {
  /** @default "error" */
  readonly severity?: Severity;
  /** @default - the message says it all */
  readonly help?: string;
  /** The argument that it is about. @default - the resource as a whole */
  readonly argument?: string;
  /** What it could change. @default - what the resource is about may not be as it was read */
  readonly could?: readonly Possibility[];
}

/** Reports something about a resource; an error is something that was not read. */
export function report(
  reading: Reading,
  resource: TerraformResource,
  rule: FindingId,
  message: string,
  { severity = "error", help, argument, could }: ReportMore = {},
): void {
  const { stack, file, address } = resource;
  const span = reading.locate(resource, argument);
  const place = span === undefined ? {} : { span };
  const reason = `${address} ${message}`;
  reading.diagnostics.push({
    severity,
    rule,
    file,
    ...place,
    message: reason,
    ...(help === undefined ? {} : { help }),
  });
  if (severity !== "error") return;
  reading.unread.push({
    rule,
    stack,
    file,
    ...place,
    resource: address,
    ...(argument === undefined ? {} : { argument }),
    reason,
    could: could ?? couldChange(resource, ADDING.has(rule) ? "adds" : "replaces", reading.find),
  });
}

/** Rules of findings after which all that was read still holds. */
const ADDING: ReadonlySet<string> = new Set(["access-reference"]);

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
    { argument: attribute },
  );
  return undefined;
}

/** The path of an entity of IAM, `/` where none is written; one that is not known is reported. */
export function pathOf(reading: Reading, resource: TerraformResource): string | undefined {
  const path = terraformText(resource.attributes.path);
  if (path.kind === "absent") return "/";
  return path.kind === "text" ? path.text : requiredText(reading, resource, "path");
}
