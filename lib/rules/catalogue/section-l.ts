import type { CatalogueEntry } from "../rule";

/** Section L: time windows. */
export const SECTION_L: readonly CatalogueEntry[] = [];
