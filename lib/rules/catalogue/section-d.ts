import type { CatalogueEntry } from "../rule";

/** Section D: condition keys. */
export const SECTION_D: readonly CatalogueEntry[] = [];
