import type { CatalogueEntry } from "../rule";

/** Section E: the hub and its targets. */
export const SECTION_E: readonly CatalogueEntry[] = [];
