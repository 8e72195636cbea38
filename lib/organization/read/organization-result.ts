import type { Diagnostic } from "../../diagnostics/diagnostic";
import type { Finding } from "../../source/finding";
import type { Organization } from "../organization";

/** An organization as far as files describe it. */
export interface OrganizationResult {
  /** @default - the findings hold an error */
  readonly organization?: Organization;
  readonly diagnostics: readonly Diagnostic[];
}

/** What is found in files of an organization. */
export interface OrganizationFinding extends Omit<Finding, "atKey" | "related"> {
  readonly rule: "ID-01" | "organization-file" | "organization-incomplete" | "organization-account";
}
