import type { CatalogueEntry } from "../rule";
import { TERRAFORM_RULES } from "./check-terraform";
import { DUPLICATE_ADDRESS } from "./terraform-duplicate";
import { terraformEntry } from "./terraform-rule";

/** What this project asks of synthesized Terraform; rule GR-23 is in the section of documents. */
export const TERRAFORM_ENTRIES: readonly CatalogueEntry[] = [...TERRAFORM_RULES, DUPLICATE_ADDRESS]
  .filter(({ id }) => id.startsWith("terraform-"))
  .map(terraformEntry);
