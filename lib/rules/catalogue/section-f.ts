import type { CatalogueEntry } from "../rule";

/** Section F: IAM Identity Center. */
export const SECTION_F: readonly CatalogueEntry[] = [];
