import type { Diagnostic } from "../../diagnostics/diagnostic";
import type { Organization } from "../organization";

/** An organization as far as files describe it. */
export interface OrganizationResult {
  /** @default - the findings hold an error */
  readonly organization?: Organization;
  readonly diagnostics: readonly Diagnostic[];
}

/** Names of the rules about files of an organization. */
export type OrganizationRule =
  "ID-01" | "organization-file" | "organization-incomplete" | "organization-account";
