import type { CatalogueEntry } from "../rule";
import { changedAccountId } from "../changed-account-id";
import { requiredTags } from "../required-tags";

/** What this project asks for itself. */
export const PROJECT_RULES: readonly CatalogueEntry[] = [
  { status: "checked", rule: changedAccountId },
  { status: "checked", rule: requiredTags },
];
