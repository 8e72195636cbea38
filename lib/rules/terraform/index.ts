import type { CatalogueEntry } from "../rule";
import type { FindingFacts } from "../../diagnostics/findings/finding-facts";
import type { RuleId } from "../../diagnostics/findings/finding-id";
import { TERRAFORM_RULES } from "./check-terraform";
import { DUPLICATE_ADDRESS } from "./duplicate-keys";

/** What this project asks of synthesized Terraform; rule GR-23 stands with section B. */
export const TERRAFORM_ENTRIES: readonly CatalogueEntry[] = [...TERRAFORM_RULES, DUPLICATE_ADDRESS]
  .filter(({ id }) => id.startsWith("terraform-"))
  .map((rule) => ({ status: "read", by: "terraform", severity: rule.severity, ...factsOf(rule) }));

function factsOf({ id, summary, why, source }: FindingFacts<RuleId>): FindingFacts<RuleId> {
  return { id, summary, why, source };
}
