import type { LooseFinding } from "./finding-facts";

/** What is found in what AWS Organizations and IAM say of accounts. */
export const ORGANIZATION_FINDINGS = [
  {
    id: "organization-file",
    severity: "error",
    by: "organization",
    summary: "a file that describes an organization has a known format",
    why: "An account that is not understood would be missing from the map.",
    source: "this project: docs/sync.md",
  },
  {
    id: "organization-incomplete",
    severity: "error",
    by: "organization",
    summary: "the files that describe an organization are complete",
    why: "Accounts that are missing from the output would look like accounts that left.",
    source: "this project: docs/sync.md",
  },
  {
    id: "organization-account",
    severity: "warning",
    by: "organization",
    summary: "an account in a file that describes an organization has an ID",
    why: "Roles are created by account ID.",
    source: "this project: docs/sync.md",
  },
  {
    id: "authorization-details",
    severity: "error",
    by: "organization",
    summary: "the files to adopt from have everything that a plan needs of each role",
    why: "The first Terraform run would change what is missing.",
    source: "this project: docs/adopt.md",
  },
] as const satisfies readonly LooseFinding[];
