import type { CatalogueEntry, RuleFacts } from "../rule";
import { TERRAFORM_RULES } from "./check-terraform";
import { DUPLICATE_ADDRESS } from "./duplicate-keys";

/** What this project asks of synthesized Terraform; rule GR-23 stands with section B. */
export const TERRAFORM_ENTRIES: readonly CatalogueEntry[] = [...TERRAFORM_RULES, DUPLICATE_ADDRESS]
  .filter(({ id }) => id.startsWith("terraform-"))
  .map((rule) => ({ status: "read", by: "terraform", severity: rule.severity, ...factsOf(rule) }));

function factsOf({ id, summary, why, source }: RuleFacts): RuleFacts {
  return { id, summary, why, source };
}
