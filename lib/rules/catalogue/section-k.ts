import type { CatalogueEntry } from "../rule";

/** Section K: deployment roles. */
export const SECTION_K: readonly CatalogueEntry[] = [];
